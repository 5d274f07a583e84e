import { wallAt } from '../zone.ts'
import type { Range } from './ranges.ts'

const MINUTE = 60_000
const ROUND = [60, 30, 20, 15, 10, 5]

export type Grid = { durationMin: number; stepMin?: number; offsetMin: number; dense: boolean }

/** Starts (ms) of the meetings that fit into one free range, on the wall clock of `tz`. */
export function gridStarts(range: Range, grid: Grid, tz: string): number[] {
  const stepMin = grid.stepMin ?? grid.durationMin
  const step = (stepMin + grid.offsetMin) * MINUTE
  const lastStart = range.to - grid.durationMin * MINUTE
  const firstStart = (grain: number): number => roundUp(range.from, grain, tz) + grid.offsetMin * MINUTE
  const fitting = (first: number): number => Math.max(0, Math.floor((lastStart - first) / step) + 1)

  let first = firstStart(ROUND.find((grain) => stepMin % grain === 0) ?? 1)
  if (grid.dense) {
    for (const grain of [15, 5, 1]) {
      const other = firstStart(grain)
      if (fitting(other) > fitting(first)) first = other
    }
  }
  const starts: number[] = []
  for (let start = first; start <= lastStart; start += step) starts.push(start)
  return starts
}

function roundUp(ms: number, grain: number, tz: string): number {
  let at = ms
  // More than once only when the clock jumps between the two.
  for (;;) {
    const size = grain * MINUTE
    const past = wallAt(tz, at) % size
    if (past === 0) return at
    at += past < 0 ? -past : size - past
  }
}
