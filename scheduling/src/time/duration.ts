import type { Atom, Day } from './model.ts'

export type Unit = 'minute' | 'hour' | 'day' | 'workday' | 'week' | 'month' | 'year'

/** One amount of a duration; `most` when a range was said, `vague` for a few. */
export type Piece = { count: number; most?: number; unit: Unit; vague?: boolean }

type Sum = { months: number; days: number; minutes: number; rounded: boolean }

/**
 * What lies so much time after now: minutes and hours are counted exactly, days and longer name a day. Null when working
 * days are mixed with other units.
 */
export function later(pieces: Piece[], approx = false): Atom | null {
  const least = sum(pieces, ({ count }) => count)
  const most = sum(pieces, ({ count, most: upper = count }) => upper)
  const isRange = pieces.some((piece) => piece.most !== undefined)
  const vague = approx || isRange || least.rounded || pieces.some((piece) => piece.vague) || undefined
  if (pieces.some(({ unit }) => unit === 'workday')) {
    if (pieces.length > 1) return null
    const day = (days: number): Day => ({ is: 'offset', days, business: true })
    return isRange
      ? { is: 'days', from: day(least.days), to: day(most.days), approx: true }
      : { is: 'day', day: day(least.days), approx: vague }
  }
  if (pieces.some(({ unit }) => unit === 'minute' || unit === 'hour')) {
    const { minutes, days, months } = least
    const to = isRange ? most.minutes : undefined
    return {
      is: 'elapsed',
      elapsed: { minutes, to, ...(days && { days }), ...(months && { months }) },
      approx: vague,
    }
  }
  return isRange
    ? { is: 'days', from: dayOf(least), to: dayOf(most), approx: true }
    : { is: 'day', day: dayOf(least), approx: vague }
}

/** From now to the end of that time. */
export function within(pieces: Piece[]): Atom | null {
  const made = later(pieces)
  if (made?.is === 'elapsed') {
    const { minutes, to = minutes, ...more } = made.elapsed
    return more.days || more.months ? null : { is: 'elapsed', elapsed: { minutes: 0, to } }
  }
  if (made?.is === 'day') return { is: 'days', from: { is: 'offset', days: 0 }, to: made.day }
  return made?.is === 'days' ? { ...made, from: { is: 'offset', days: 0 } } : made
}

const MINUTES = { minute: 1, hour: 60 }
const DAYS = { day: 1, workday: 1, week: 7 }
const MONTHS = { month: 1, year: 12 }

function sum(pieces: Piece[], countOf: (piece: Piece) => number): Sum {
  const total: Sum = { months: 0, days: 0, minutes: 0, rounded: false }
  for (const piece of pieces) {
    const { unit } = piece
    const count = countOf(piece)
    if (unit === 'minute' || unit === 'hour') total.minutes += count * MINUTES[unit]
    else if (unit === 'month' || unit === 'year') {
      const months = count * MONTHS[unit]
      total.months += Math.floor(months)
      // Half a month has no length of its own.
      total.days += Math.round((months % 1) * 30)
      total.rounded ||= months % 1 > 0
    } else total.days += Math.round(count * DAYS[unit])
  }
  return total
}

function dayOf({ months, days }: Sum): Day {
  return months > 0 ? { is: 'months', months, ...(days && { days }) } : { is: 'offset', days }
}
