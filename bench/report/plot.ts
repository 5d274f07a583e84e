import type { Figure } from '../benchmark.ts'
import type { Result } from './run-all.ts'
import { tellingFigures } from './telling-figures.ts'

const row = 22
const left = 290
const width = 900
const plotWidth = width - left - 90
/** A bar is as long as the value is of the goal, on a logarithmic scale from a tenth to ten times. */
const decades = 1

/** The figures beside their goals: right of the line is better where more is better, left of it where less is; green is met. */
export function plot(results: Result[]): string {
  const figures = tellingFigures(results)
  const height = 60 + figures.length * row
  const middle = left + plotWidth / 2
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="20" fill="#555">a tenth of the goal</text>`,
    `<text x="${middle}" y="20" fill="#555" text-anchor="middle">the goal</text>`,
    `<text x="${left + plotWidth}" y="20" fill="#555" text-anchor="end">ten times</text>`,
    ...figures.map((figure, index) => bar(figure, 40 + index * row, middle)),
    `<line x1="${middle}" y1="28" x2="${middle}" y2="${height - 14}" stroke="#333"/>`,
    '</svg>',
    '',
  ].join('\n')
}

function bar({ id, value, goal, met }: Figure, y: number, middle: number): string {
  const end = middle + lengthOf(value, goal) * (plotWidth / 2)
  const [from, to] = end < middle ? [end, middle] : [middle, end]
  const color = met ? '#2f8f5b' : '#c0392b'
  return [
    `<text x="${left - 8}" y="${y + 11}" text-anchor="end" fill="#222">${escape(id)}</text>`,
    `<rect x="${from.toFixed(1)}" y="${y}" width="${Math.max(2, to - from).toFixed(1)}" height="14" fill="${color}"/>`,
    `<text x="${left + plotWidth + 8}" y="${y + 11}" fill="${color}">${value} / ${goal}</text>`,
  ].join('\n')
}

/** From -1 to 1. A goal of none is met by none. */
function lengthOf(value: number, goal: number): number {
  if (goal === 0) return value === 0 ? 0 : 1
  if (value <= 0) return -1
  return Math.max(-1, Math.min(1, Math.log10(value / goal) / decades))
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
