import { DAY } from '../slots/open-hours.ts'
import type { Option } from './fill-option.ts'
import type { Day } from './model.ts'
import { resolveDay, resolveSpan, weekdayOf, type ResolvedDay, type Today } from './resolve-day.ts'

/** Minutes of the day; equal ends are a point, an absent end is open. `firm`: the words leave no choice of half-day. */
export type Hours = {
  from?: number
  to?: number
  others: { from?: number; to?: number }[]
  firm: boolean
  open?: boolean
  unsure?: boolean
}

export const WHOLE_DAY: Hours = { others: [], firm: true }

export type DayRange = { from: number; to: number }
export type Days = { list: DayRange[]; others: DayRange[]; unsure?: boolean }

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

/** "Monday 23" is the 23rd when that is a Monday; "Tuesday 10" on a 10th may be both. */
export function dateAfterWeekday(option: Option, today: Today): Option {
  if (!option.clock?.afterWeekday || option.day?.is !== 'weekday') return option
  const day = resolveDay(option.day, today)?.day
  if (day === undefined || new Date(day * DAY).getUTCDate() !== option.clock.h) return option
  if (option.clock.h < 20) option.unsure = true
  return { ...option, clock: undefined }
}

/** The days that are left without those that are not wanted; a period falls into pieces. */
export function without(days: DayRange[], { except, span, days: named }: Option, today: Today): DayRange[] {
  if (!except || !(span ?? named)) return days
  const unwanted = (day: number): boolean =>
    except.some((one) =>
      one.is === 'weekday' ? weekdayOf(day) === one.weekday : resolveDay(one, today)?.day === day,
    )
  return days.flatMap(({ from, to }) =>
    joined(
      numbers(from, to)
        .filter((day) => !unwanted(day))
        .map((day) => ({ from: day, to: day + 1 })),
    ),
  )
}

/** Days that follow each other as one range, unless each of them has `hours`. */
function joined(days: DayRange[], hours = false): DayRange[] {
  if (hours) return days
  const pieces: DayRange[] = []
  for (const { from, to } of days) {
    const last = pieces.at(-1)
    if (last?.to === from) last.to = to
    else pieces.push({ from, to })
  }
  return pieces
}

/** Which days are meant; hours that are past may move the wish to another day (and are then mirrored in `hours`). */
export function daysOf(option: Option, today: Today, hours: Hours, minuteNow: number): Days | null {
  const timed = hours !== WHOLE_DAY
  if (option.span) {
    const { from, to, unsure } = resolveSpan(option.span, today.day)
    if (from >= to) return null
    const { unit } = option.span
    if (unit === 'workdays') return { list: joined(eachDay(from, to), timed), others: [] }
    return { list: timed ? eachDay(from, to, unit !== 'days') : [{ from, to }], others: [], unsure }
  }
  if (option.days) return dayRange(option.days, today, timed)
  if (option.day) {
    const named = resolveDay(option.day, today)
    return named && settle(named, option, hours, today, minuteNow)
  }
  return timed ? unnamedDay(hours, today, minuteNow) : null
}

function dayRange(days: NonNullable<Option['days']>, today: Today, timed: boolean): Days | null {
  const first = days.from ? resolveDay(days.from, today) : { day: today.day }
  const last = days.to && lastDay(days.to, days.from && first, today)
  if (!first || last === null) return null
  // An open end is the end of that week, at least three days.
  let to = last ? last.day + (days.exclusive ? 0 : 1) : first.day + Math.max(8 - weekdayOf(first.day), 3)
  if (to <= first.day && days.to?.is === 'weekday') to += 7
  if (to <= first.day) return null
  const unsure = first.unsure || last?.unsure
  const list = timed ? eachDay(first.day, to, false) : [{ from: first.day, to }]
  return { list, others: [], unsure }
}

/** "Tuesday to Friday": the Friday after that Tuesday, whatever day it is today. */
function lastDay(day: Day, first: ResolvedDay | null | undefined, today: Today): ResolvedDay | null {
  const isPlain = day.is === 'weekday' && day.week === undefined && day.which === undefined && !day.plusDays
  if (!first || !isPlain) return resolveDay(day, today)
  return { day: first.day + ((day.weekday - weekdayOf(first.day) + 7) % 7) }
}

/** Times on "next week" are meant for its working days. */
function eachDay(from: number, to: number, workdays = true): DayRange[] {
  const days = numbers(from, Math.min(to, from + 31))
  const working = days.filter((day) => !workdays || weekdayOf(day) <= 5)
  return (working.length > 0 ? working : days).map((day) => ({ from: day, to: day + 1 }))
}

function settle(named: ResolvedDay, option: Option, hours: Hours, today: Today, minuteNow: number): Days {
  // "Sat 12/5" is the reading that is a Saturday.
  if (option.weekday !== undefined && named.other !== undefined) {
    const fits = [named.day, named.other].filter((day) => weekdayOf(day) === option.weekday)
    const [only] = fits
    if (only !== undefined && fits.length === 1) return settle({ day: only }, option, hours, today, minuteNow)
  }
  const over = (hours.to ?? 1440) <= minuteNow
  const whole = (day: number): DayRange => ({ from: day, to: day + 1 })
  const mismatch = option.weekday !== undefined && option.weekday !== weekdayOf(named.day)
  // A weekday said on that weekday: today is possible only while the time is still to come.
  if (named.sameWeekday && over) return { list: [whole(named.day)], others: [], unsure: mismatch }
  if (named.day === today.day && over) {
    const later = (hours.from ?? 0) + 720
    if (!hours.firm && hours.from === hours.to && later > minuteNow && later < 1440) {
      hours.others.push({ from: hours.from, to: hours.to })
      hours.from = hours.to = later
    }
    return {
      list: [whole(named.day)],
      others: named.other === undefined ? [] : [whole(named.other)],
      unsure: true,
    }
  }
  return {
    list: [whole(named.day)],
    others: named.other === undefined ? [] : [whole(named.other)],
    unsure: named.unsure || mismatch,
  }
}

/** A time without a day is the next one; doubt where half of it has passed. */
export function unnamedDay(hours: Hours, today: Today, minuteNow: number): Days {
  const now: DayRange = { from: today.day, to: today.day + 1 }
  const tomorrow: DayRange = { from: today.day + 1, to: today.day + 2 }
  const start = hours.open ? minuteNow : (hours.from ?? minuteNow)
  const end = hours.to ?? 1440
  const point = hours.from !== undefined && hours.from === hours.to
  if (hours.open && end > minuteNow) hours.from = undefined
  if (point ? start > minuteNow : start >= minuteNow && end > minuteNow) return { list: [now], others: [] }
  // Under way: today while most of it is left.
  const left = (end - minuteNow) / (end - start)
  if (!point && end > minuteNow && left >= 0.5) return { list: [now], others: [tomorrow], unsure: true }
  if (!point && end > minuteNow) return { list: [tomorrow], others: [now], unsure: true }
  const evening = start + 720
  const maybeToday = point && !hours.firm && start >= 540 && evening > minuteNow && evening < 1440
  if (maybeToday) hours.others.push({ from: evening - 1440, to: evening - 1440 })
  return { list: [tomorrow], others: [], unsure: maybeToday }
}
