import type { Atom, Clock, Day, Edge, Elapsed, Part, Span, Zone } from './model.ts'
import { resolveClock } from './resolve-clock.ts'

const NOON = 12 * 60

/** One wish: at most one of each kind of piece. */
export type Option = {
  day?: Day
  /** A weekday said beside a date; they must agree. */
  weekday?: number
  days?: { from?: Day; to?: Day; exclusive?: boolean }
  span?: Span
  clock?: Clock
  clocks?: { from?: Clock; to?: Clock }
  part?: Part
  elapsed?: Elapsed
  stretch?: { from: Edge; to: Edge; exclusive?: boolean }
  zone?: Zone
  approx?: boolean
  unsure?: boolean
  /** Joined with the option before it ("or", "and", a comma). */
  joined?: boolean
  /** Its day was taken from the option before it. */
  borrowed?: boolean
  refused?: boolean
  /** Refused up to a time, and so wished for from then on. */
  turned?: boolean
  /** The day said before it is not wanted; without another one it has none. */
  dayRefused?: boolean
  /** Days of its period that are not wanted. */
  except?: Day[]
  /** The time was said before the day. */
  timeFirst?: boolean
  clause: number
}

export type TimeAtom = Extract<
  Atom,
  { is: 'day' | 'days' | 'span' | 'clock' | 'clocks' | 'part' | 'elapsed' | 'stretch' }
>

export function isTimeAtom(atom: Atom): atom is TimeAtom {
  return ['day', 'days', 'span', 'clock', 'clocks', 'part', 'elapsed', 'stretch'].includes(atom.is)
}

export function isDayAtom(atom: TimeAtom): boolean {
  return ['day', 'days', 'span', 'elapsed', 'stretch'].includes(atom.is)
}

export function hasDay(option: Option): boolean {
  return Boolean(option.day ?? option.days ?? option.span ?? option.elapsed ?? option.stretch)
}

export function hasTime(option: Option): boolean {
  return Boolean(option.clock ?? option.clocks ?? option.part)
}

export function dayOf({ day, days, span }: Option): Partial<Option> {
  return { day, days, span }
}

export function timeOf({ clock, clocks, part }: Option): Partial<Option> {
  return { clock, clocks, part }
}

/** Can this piece belong to the option, or does it begin another one? */
export function accepts(option: Option, atom: TimeAtom): boolean {
  if (option.stretch || atom.is === 'stretch') return !option.stretch && !hasDay(option) && !hasTime(option)
  if (atom.is === 'clock')
    return option.clock ? isSame(option.clock, atom.clock) : !option.clocks && !option.elapsed
  if (atom.is === 'part') return !option.part && (!option.clock?.half || agrees(option.clock, atom.part))
  if (atom.is === 'clocks') {
    const { clocks } = option
    return !option.clock && (!clocks || (clocks.from === undefined) !== (atom.from === undefined))
  }
  if (isComing(option.span) && atom.is === 'span' && atom.span.unit === 'weekend') return false
  if (option.borrowed || isComing(option.span) || (atom.is === 'span' && isComing(atom.span))) return true
  // "today in an hour", "next week Tue-Thu": the second says it better.
  if (atom.is === 'elapsed' && option.day?.is === 'offset' && !hasTime(option)) return true
  if (atom.is === 'days' && isWholeWeek(option.span) && !hasTime(option)) return true
  if (atom.is === 'elapsed' || atom.is === 'days') return !hasDay(option)
  if (atom.is === 'span')
    return !option.span && (!option.days || isInWeek(option.days, atom.span)) && !option.elapsed
  const { day } = option
  if (!day) return !option.days && !option.elapsed
  return pairsWith(day, atom.day) || pairsWith(atom.day, day) || atom.day.is === 'past'
}

/** "6pm in the evening" says it twice. */
function agrees(clock: Clock, part: Part): boolean {
  const { at } = resolveClock(clock)
  return part.half === 'am' ? at < NOON : part.half !== undefined && at >= NOON
}

/** "15:00 (3 pm)" says it twice. */
function isSame(one: Clock, other: Clock): boolean {
  const [a, b] = [resolveClock(one), resolveClock(other)]
  return a.at === b.at && (one.half !== undefined || other.half !== undefined || one.h === other.h)
}

function pairsWith(a: Day, b: Day): boolean {
  return (
    a.is === 'weekday' &&
    (b.is === 'date' || b.is === 'months' || (b.is === 'offset' && (b.named === true || b.days % 7 === 0)))
  )
}

/** "Any day": it names none, another word may do so. */
export function isComing(span: Span | undefined): boolean {
  return span?.unit === 'days' || span?.unit === 'workdays'
}

export function put(option: Option, atom: TimeAtom): void {
  if (atom.is === 'span' && isComing(atom.span) && hasDay(option)) return
  if (isDayAtom(atom) && isComing(option.span)) option.span = undefined
  if (atom.approx) option.approx = true
  if (isDayAtom(atom) && option.borrowed)
    Object.assign(option, { day: undefined, days: undefined, span: undefined, borrowed: false })
  if (atom.is === 'stretch') option.stretch = atom
  else if (atom.is === 'clock') {
    option.clock = option.clock?.half ? option.clock : atom.clock
    // Which of its two nights?
    if (atom.clock.half === 'night' && atom.clock.h === 12) option.unsure = true
    if (atom.alone) option.unsure = true
  } else if (atom.is === 'clocks') option.clocks = { ...option.clocks, ...defined(atom) }
  else if (atom.is === 'part') option.part = atom.part
  else if (atom.is === 'elapsed') option.elapsed = atom.elapsed
  else if (atom.is === 'days') {
    const inWeek = (day?: Day): Day | undefined =>
      day?.is === 'weekday' && isWholeWeek(option.span)
        ? { ...day, week: option.span.offset, which: undefined }
        : day
    option.days = { from: inWeek(atom.from), to: inWeek(atom.to), exclusive: atom.exclusive }
    option.span = undefined
  } else if (atom.is === 'span') putSpan(option, atom.span)
  else putDay(option, atom.day)
}

export function isWholeWeek(span: Span | undefined): span is Span {
  return span?.unit === 'week' && !span.part
}

function defined({ from, to }: { from?: Clock; to?: Clock }): { from?: Clock; to?: Clock } {
  return { ...(from && { from }), ...(to && { to }) }
}

/** "Monday to Wednesday next week" */
function isInWeek({ from, to }: { from?: Day; to?: Day }, span: Span): boolean {
  return isWholeWeek(span) && from?.is === 'weekday' && to?.is === 'weekday'
}

function putSpan(option: Option, span: Span): void {
  const { days } = option
  if (days) {
    const inWeek = (day?: Day): Day | undefined =>
      day?.is === 'weekday' ? { ...day, week: span.offset, which: undefined } : day
    option.days = { ...days, from: inWeek(days.from), to: inWeek(days.to) }
    return
  }
  if (!option.day) option.span = span
  else if (option.day.is === 'weekday' && span.unit === 'week' && !span.part) {
    option.unsure ||= span.unsure
    option.day = { ...option.day, week: span.offset, which: undefined }
  } else if (option.day.is === 'date' && span.unit === 'year' && span.year !== undefined)
    option.day = { ...option.day, year: span.year }
  // "Tomorrow in 2029" is not one thing or the other.
  else if (!isComing(span)) option.unsure = true
}

function putDay(option: Option, day: Day): void {
  const old = option.day
  const { span } = option
  // "On Tuesday last week"
  if (day.is === 'past') option.day = day
  if (!old) {
    const inWeek = day.is === 'weekday' && span?.unit === 'week' && !span.part
    if (inWeek) option.unsure ||= span.unsure
    option.day = inWeek ? { ...day, week: span.offset, which: undefined } : day
    // "Next month, on the 12th"
    if (day.is === 'date' && day.month === undefined && span?.unit === 'month') {
      const { month, year, offset } = span
      option.day = { ...day, month, year, ...(month === undefined && { monthOffset: offset }) }
    }
    option.span = undefined
    return
  }
  const [weekday, other] = old.is === 'weekday' ? [old, day] : [day, old]
  if (weekday.is !== 'weekday') return
  const weeks = other.is === 'offset' && !other.named
  option.day = weeks ? { ...weekday, week: other.days / 7, unsure: true } : other
  if (!weeks) option.weekday = weekday.weekday
}
