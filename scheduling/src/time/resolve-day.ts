import { DAY } from '../slots/open-hours.ts'
import { isDayOfMonth } from './calendar-words.ts'
import type { Day, Span } from './model.ts'

/** Days are numbered from 1 January 1970; `other` is another day the words may mean. */
export type ResolvedDay = { day: number; other?: number; unsure?: boolean; sameWeekday?: boolean }

/** The writer's today, and whether it is so late that "tomorrow" may mean the coming morning. */
export type Today = { day: number; night: boolean }

/** 1 = Monday .. 7 = Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** The day that was named, or null when there is none (30 February, a past day). */
export function resolveDay(day: Day, today: Today): ResolvedDay | null {
  if (day.is === 'offset') return resolveOffset(day, today)
  if (day.is === 'months') return { day: addMonths(today.day, day.months) + (day.days ?? 0) }
  if (day.is === 'weekday') return resolveWeekday(day, today.day)
  if (day.is === 'date') {
    const found = resolveDate(day, today.day)
    const differs = found && day.weekday !== undefined && weekdayOf(found.day) !== day.weekday
    return differs ? { ...found, unsure: true } : found
  }
  if (day.is === 'nth') return resolveNth(day, today.day)
  if (day.is === 'after') {
    const before = resolveDay(day.day, today)
    return (
      before && {
        ...before,
        day: before.day + 1,
        other: before.other === undefined ? undefined : before.other + 1,
      }
    )
  }
  return null
}

function resolveOffset(
  { days, named, unsure, business }: Extract<Day, { is: 'offset' }>,
  today: Today,
): ResolvedDay {
  if (business) {
    let day = today.day
    for (let left = days; left > 0;) if (weekdayOf(++day) <= 5) left--
    return { day }
  }
  const day = today.day + Math.round(days)
  if (unsure !== undefined) return { day, other: today.day + unsure, unsure: true }
  return named && days > 0 && today.night ? { day, other: day - 1, unsure: true } : { day }
}

function resolveWeekday(said: Extract<Day, { is: 'weekday' }>, today: number): ResolvedDay {
  const monday = today - weekdayOf(today) + 1
  const nearest = today + ((said.weekday - weekdayOf(today) + 7) % 7)
  if (said.week !== undefined) {
    const day = monday + 7 * said.week + said.weekday - 1
    return day < today ? { day: day + 7, unsure: true } : { day, unsure: said.unsure }
  }
  if (said.which === 'next' && said.plusDays !== undefined) {
    const next = resolveWeekday({ ...said, plusDays: undefined }, today)
    const { other } = next
    return {
      ...next,
      day: next.day + said.plusDays,
      ...(other !== undefined && { other: other + said.plusDays }),
    }
  }
  if (said.plusDays !== undefined) {
    const same = nearest === today
    return { day: nearest + said.plusDays, ...(same && { other: nearest + 7 + said.plusDays, unsure: true }) }
  }
  if (said.which === 'next') {
    const day = monday + 7 + said.weekday - 1
    // This week's one may be meant, unless people would call it today or tomorrow.
    if (nearest < monday + 7 && nearest > today + 1) return { day, other: nearest, unsure: true }
    return day === today + 1 ? { day, other: day + 7, unsure: true } : { day }
  }
  if (nearest > today) return { day: nearest, unsure: said.unsure }
  if (said.which === 'this') return { day: today, other: today + 7, unsure: true }
  return { day: today + 7, other: today, unsure: true, sameWeekday: true }
}

function resolveDate(said: Extract<Day, { is: 'date' }>, today: number): ResolvedDay | null {
  const day = dateOf(said, today)
  const { other } = said
  // 19 November said on the 20th: next year's, or the one that has just been?
  const passed = said.month !== undefined && said.year === undefined && day !== null && day - today > 300
  if (day === null || !other) return day === null ? null : { day, ...(passed && { unsure: true }) }
  const otherDay = dateOf({ is: 'date', ...other, year: said.year }, today)
  if (otherDay === null || otherDay === day) return { day }
  return { day: Math.min(day, otherDay), other: Math.max(day, otherDay), unsure: true }
}

function dateOf(
  { day, month, year, monthOffset }: Extract<Day, { is: 'date' }>,
  today: number,
): number | null {
  const now = new Date(today * DAY)
  if (monthOffset !== undefined)
    return dayNumber(now.getUTCFullYear(), now.getUTCMonth() + 1 + monthOffset, day)
  if (month === undefined) {
    for (let ahead = 0; ahead < 12; ahead++) {
      const found = dayNumber(now.getUTCFullYear(), now.getUTCMonth() + 1 + ahead, day)
      if (found !== null && found >= today) return found
    }
    return null
  }
  if (!isDayOfMonth(day, month)) return null
  if (year !== undefined) return dayNumber(year, month, day)
  for (let ahead = 0; ahead <= 8; ahead++) {
    const found = dayNumber(now.getUTCFullYear() + ahead, month, day)
    if (found !== null && found >= today) return found
  }
  return null
}

/** Null when the month has no such day. */
function dayNumber(year: number, month: number, day: number): number | null {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === first.getUTCMonth() ? at.getTime() / DAY : null
}

function addMonths(day: number, months: number): number {
  const from = new Date(day * DAY)
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0))
  return (
    Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(from.getUTCDate(), last.getUTCDate())) / DAY
  )
}

function resolveNth(
  { n, weekday, month, nextMonth, year, workday }: Extract<Day, { is: 'nth' }>,
  today: number,
): ResolvedDay {
  const now = new Date(today * DAY)
  const first = month === undefined ? now.getUTCMonth() + (nextMonth ? 1 : 0) : month - 1
  const inMonth = (inYear: number): number => {
    const start = Date.UTC(inYear, first, 1) / DAY
    const edge = n > 0 ? start + n - 1 : Date.UTC(inYear, first + 1, 0) / DAY
    if (workday) return toWorkday(edge, n > 0 ? 1 : -1)
    if (weekday === undefined) return edge
    if (n > 0) return start + ((weekday - weekdayOf(start) + 7) % 7) + 7 * (n - 1)
    const end = Date.UTC(inYear, first + 1, 0) / DAY
    return end - ((weekdayOf(end) - weekday + 7) % 7)
  }
  if (year !== undefined) return { day: inMonth(year) }
  const day = inMonth(now.getUTCFullYear())
  if (day >= today) return { day }
  // The month is not over, only that day of it: next year's, or another one?
  return { day: inMonth(now.getUTCFullYear() + 1), unsure: first >= now.getUTCMonth() }
}

const toWorkday = (day: number, step: 1 | -1): number =>
  weekdayOf(day) <= 5 ? day : toWorkday(day + step, step)

type DayRange = { from: number; to: number; unsure?: boolean }

/** First day and the day after the last one. */
export function resolveSpan(span: Span, today: number): DayRange {
  const whole = wholeSpan(span, today)
  const { from, to } = whole
  if (span.part === 'before') return { from: today, to: from }
  if (span.part === 'from') return { from: Math.max(from, today), to: to + 7 }
  if (span.part === 'after') return { from: to, to: to + (span.unit === 'month' ? 30 : 7) }
  if (span.part === 'rest') return { from: today, to }
  const part = span.part && partOf(span.unit, from, to, span.part)
  if (part && part.to <= today && span.month === undefined && span.offset === 0) {
    return resolveSpan({ ...span, offset: 1 }, today)
  }
  const days = part ?? { from, to }
  return { from: Math.max(days.from, today), to: days.to, unsure: whole.unsure }
}

function wholeSpan(
  { unit, offset, month, year, unsure, around }: Span,
  today: number,
): { from: number; to: number; unsure?: boolean } {
  const monday = today - weekdayOf(today) + 1
  const named = around && resolveDay(around, { day: today, night: false })
  if (named) {
    const from = named.day - weekdayOf(named.day) + 1
    return { from: unit === 'weekend' ? from + 5 : from, to: from + 7, unsure: named.unsure }
  }
  if (unit === 'days' || unit === 'workdays') return { from: today, to: today + 7 }
  if (unit === 'week') return { from: monday + 7 * offset, to: monday + 7 * (offset + 1), unsure }
  if (unit === 'weekend') {
    const saturday = monday + 5 + 7 * offset
    // "next weekend" before this one has come.
    return { from: saturday, to: saturday + 2, unsure: offset > 0 || undefined }
  }
  const now = new Date(today * DAY)
  if (unit === 'year') {
    // The year that is running is no wish.
    if (year !== undefined && year <= now.getUTCFullYear()) return { from: today, to: today }
    const first = year ?? now.getUTCFullYear() + offset
    return { from: Date.UTC(first, 0, 1) / DAY, to: Date.UTC(first + 1, 0, 1) / DAY, unsure }
  }
  const thisYear = now.getUTCFullYear()
  if (unit === 'quarter') {
    const first = month === undefined ? 3 * (Math.floor(now.getUTCMonth() / 3) + offset) : month - 1
    return monthsFrom(year ?? thisYear, first, 3, today, year === undefined && month !== undefined)
  }
  if (unit === 'season')
    return monthsFrom(year ?? thisYear + offset, (month ?? 1) - 1, 3, today, year === undefined)
  const passed = month !== undefined && month < now.getUTCMonth() + 1
  const first = month === undefined ? now.getUTCMonth() + offset : month - 1
  const inYear = year ?? (passed || (month !== undefined && offset > 0) ? thisYear + 1 : thisYear)
  return { from: Date.UTC(inYear, first, 1) / DAY, to: Date.UTC(inYear, first + 1, 1) / DAY, unsure }
}

/** So many months from the first one (0 = January); the next such ones when they are over and `repeat`. */
function monthsFrom(year: number, first: number, count: number, today: number, repeat: boolean): DayRange {
  const start = Date.UTC(year, first, 1) / DAY
  const end = Date.UTC(year, first + count, 1) / DAY
  return repeat && end <= today ? monthsFrom(year + 1, first, count, today, false) : { from: start, to: end }
}

/** Days counted from the first one; negative: from the end. `first` and `second` are halves. */
const WEEK_PARTS = {
  twenties: [0, 0],
  early: [0, 2],
  mid: [2, 3],
  late: [3, 5],
  first: [0, 3],
  second: [3, 5],
}
const MONTH_PARTS = {
  twenties: [19, 29],
  early: [0, 9],
  mid: [11, 19],
  late: [-7, 0],
  first: [0, 15],
  second: [15, 0],
}

function partOf(unit: Span['unit'], from: number, to: number, part: keyof typeof WEEK_PARTS): DayRange {
  const [first, end] = (unit === 'week' ? WEEK_PARTS : MONTH_PARTS)[part] as [number, number]
  return { from: (first < 0 ? to : from) + first, to: end > 0 ? from + end : to + end }
}
