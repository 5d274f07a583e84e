import type { SuiteResult } from '../suite.ts'
import { escapeHtml } from './escape-html.ts'

const row = 24
const left = 190
const width = 420

/** Shares as horizontal bars, with their numbers; an SVG that stands in the page. */
export function plotBars({ title, bars }: SuiteResult['bars']): string {
  const height = bars.length * row + 26
  const grid = [0, 0.25, 0.5, 0.75, 1].map((at) => {
    const x = left + at * width
    return `<line x1="${x}" y1="0" x2="${x}" y2="${height - 22}" class="grid"/><text x="${x}" y="${height - 6}" text-anchor="middle">${at * 100} %</text>`
  })
  const drawn = bars.map(({ label, value }, index) => {
    const y = index * row
    const long = Math.max(1, value * width).toFixed(1)
    return `<text x="${left - 8}" y="${y + 16}" text-anchor="end">${escapeHtml(label)}</text><rect x="${left}" y="${y + 4}" width="${long}" height="${row - 8}" rx="3"/><text x="${left + Number(long) + 6}" y="${y + 16}" class="value">${(value * 100).toFixed(0)} %</text>`
  })
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><svg viewBox="0 0 ${left + width + 60} ${height}" role="img" aria-label="${escapeHtml(title)}">${grid.join('')}${drawn.join('')}</svg></figure>`
}
