import { DAY } from '../slots/open-hours.ts'
import { instantOf, offsetAt, wallAt } from '../zone.ts'
import { bookedDays, type Booked } from './booked-day.ts'
import type { Clock, Day, Part } from './model.ts'
import { hasDay, type Option } from './fill-option.ts'
import { fitsPart, resolveClock, resolveClocks } from './resolve-clock.ts'
import { resolveDay, type Today } from './resolve-day.ts'
import { dateAfterWeekday, daysOf, WHOLE_DAY, without, type Hours } from './which-days.ts'

/** Instants in ms; a point when both are equal. `tz` only tells in which zone to write them. */
export type Interval = { from: number; to: number; tz: string }
export type Resolved = { intervals: Interval[]; others: Interval[]; unsure: boolean }
/** `booked`: what hours without a day are about. */
export type Moment = { now: number; tz: string; sellerTz: string; booked?: Booked }

const MINUTE = 60_000
const NOTHING: Resolved = { intervals: [], others: [], unsure: false }

/** The instants a wish means to somebody who says it at `moment`. */
export function resolveOption(option: Option, moment: Moment): Resolved {
  const wall = wallAt(moment.tz, moment.now)
  const today: Today = { day: Math.floor(wall / DAY), night: wall % DAY < 5 * 60 * MINUTE }
  if (option.elapsed && option.day) {
    const isToday = option.day.is === 'offset' && option.day.days === 0
    return resolveOption({ ...option, day: undefined, unsure: option.unsure || !isToday }, moment)
  }
  if (option.elapsed) {
    const { minutes, to = minutes, days = 0, months = 0 } = option.elapsed
    // "1 day and 3 hours": the days are the calendar's, the hours are counted.
    const day = resolveDay({ is: 'months', months, days }, today)?.day ?? today.day
    const start = day === today.day ? moment.now : instantOf(moment.tz, day * DAY + (wall % DAY))
    const at = (after: number): number => start + after * MINUTE
    return {
      intervals: [{ from: at(minutes), to: at(to), tz: moment.tz }],
      others: [],
      unsure: Boolean(option.unsure),
    }
  }
  if (option.stretch) return resolveStretch(option.stretch, option, moment, today)
  const deadline = deadlineOf(option)
  if (deadline) return resolveDeadline(deadline, option, moment, today)
  const hours = hoursOf(dateAfterWeekday(option, today))
  const zone = zoneOf(option, moment)
  const minuteNow = (wall % DAY) / MINUTE
  const days =
    moment.booked && !hasDay(option) && hours !== WHOLE_DAY
      ? bookedDays(moment.booked, hours, { today, minuteNow, zone })
      : daysOf(option, today, hours, minuteNow)
  if (!days) return NOTHING

  // A weekday or date that is today means the whole day; "today" and "this week" begin now.
  const byName = option.day?.is === 'weekday' || option.day?.is === 'date'
  const write = (
    tz: string,
    day: { from: number; to: number },
    { from, to }: { from?: number; to?: number },
  ): Interval => {
    const start = instantOf(tz, day.from * DAY + (from ?? 0) * MINUTE)
    const end = instantOf(tz, (day.to - 1) * DAY + (to ?? 1440) * MINUTE)
    const opensNow = from === undefined && day.from === today.day && !(byName && to === undefined)
    return { from: opensNow ? Math.min(Math.max(start, moment.now), end) : start, to: end, tz }
  }
  const wanted = without(days.list, option, today)
  // Of several days those that are over are no wish.
  const ahead = wanted.filter((day) => write(zone, day, hours).to > moment.now)
  const list = option.span && ahead.length > 0 ? ahead : wanted
  const intervals = list.map((day) => write(zone, day, hours))
  const others = [
    ...days.others.map((day) => write(zone, day, hours)),
    ...hours.others.flatMap((other) => days.list.map((day) => write(zone, day, other))),
  ]
  // "After Tuesday 3pm": that hour of each day, or all the time after it?
  const openDays = Boolean(option.days?.from && !option.days.to && option.clock)
  let unsure = Boolean(option.unsure || days.unsure || hours.unsure || others.length > 0 || openDays)
  if (option.zone && 'whose' in option.zone && option.zone.whose === 'yours') {
    const own = list
      .map((day) => write(moment.tz, day, hours))
      .filter(({ from }, i) => from !== intervals[i]!.from)
    others.push(...own)
    unsure ||= own.length > 0
  }
  const lettersOf = otherZones(option, moment)
  others.push(...lettersOf.flatMap((tz) => days.list.map((day) => write(tz, day, hours))))
  unsure ||= lettersOf.length > 0
  // "10am EST" in May: people say so, and mean the clocks that they have.
  if (option.zone && 'tz' in option.zone && option.zone.season) {
    const { season } = option.zone
    unsure ||= intervals.some(({ from }) => isSummer(zone, from) !== (season === 'summer'))
  }
  // A clock that the day does not have, because it was put forward over it.
  const wallStart = hours.from
  if (wallStart !== undefined && wallStart < 1440)
    unsure ||= intervals.some(({ from, tz }) => (wallAt(tz, from) % DAY) / MINUTE !== wallStart)
  // What is over can be no wish.
  unsure ||= intervals.some(({ from, to }) => to < moment.now || (from === to && from <= moment.now))
  return { intervals: intervals.filter(({ from, to }) => from <= to), others, unsure }
}

/** "By tomorrow evening", "before Friday 3pm": a last day with a time. */
function deadlineOf({ days, clock, part }: Option): { day: Day; clock?: Clock; part?: Part } | null {
  return days?.to && !days.from && (clock || part) ? { day: days.to, clock, part } : null
}

function resolveDeadline(
  { day, clock, part }: NonNullable<ReturnType<typeof deadlineOf>>,
  option: Option,
  moment: Moment,
  today: Today,
): Resolved {
  const last = resolveDay(day, today)
  if (!last) return NOTHING
  const zone = zoneOf(option, moment)
  const time = clock && resolveClock(clock, part)
  const minute = time?.at ?? (option.days?.exclusive ? part!.from : part!.to)
  const end = instantOf(zone, last.day * DAY + minute * MINUTE)
  const unsure = Boolean(
    option.unsure ||
    otherZones(option, moment).length > 0 ||
    last.unsure ||
    time?.other !== undefined ||
    end <= moment.now,
  )
  return { intervals: [{ from: Math.min(moment.now, end), to: end, tz: zone }], others: [], unsure }
}

/** "From Friday 3pm to Monday noon"; a day without a time counts from its begin or to its end. */
function resolveStretch(
  { from, to, exclusive }: NonNullable<Option['stretch']>,
  option: Option,
  moment: Moment,
  today: Today,
): Resolved {
  const [first, last] = [resolveDay(from.day, today), resolveDay(to.day, today)]
  if (!first || !last) return NOTHING
  const zone = zoneOf(option, moment)
  const opens = from.clock ? resolveClock(from.clock, from.part) : { at: from.part?.from ?? 0 }
  const whole = exclusive ? 0 : 1440
  const closes = to.clock ? resolveClock(to.clock, to.part) : { at: to.part ? to.part.to : whole }
  // A weekday that comes before the first day is the one after it.
  const lastDay = last.day < first.day && to.day.is === 'weekday' ? last.day + 7 : last.day
  const start = instantOf(zone, first.day * DAY + opens.at * MINUTE)
  const end = instantOf(zone, lastDay * DAY + closes.at * MINUTE)
  if (end < start) return NOTHING
  const unsure = Boolean(
    option.unsure ||
    otherZones(option, moment).length > 0 ||
    first.unsure ||
    last.unsure ||
    opens.other !== undefined ||
    closes.other !== undefined ||
    start < moment.now - DAY ||
    end <= moment.now,
  )
  const isOpen = !from.clock && !from.part && first.day === today.day
  return {
    intervals: [{ from: isOpen ? Math.max(start, moment.now) : start, to: end, tz: zone }],
    others: [],
    unsure,
  }
}

function zoneOf({ zone }: Option, { tz, sellerTz }: Moment): string {
  if (!zone) return tz
  if ('tz' in zone) return [tz, sellerTz].find((own) => zone.others?.includes(own)) ?? zone.tz
  return zone.whose === 'yours' ? sellerTz : tz
}

/** The other zones that have the same letters, when neither side lives in one of them ("10:00 IST"). */
function otherZones({ zone }: Option, { tz, sellerTz }: Moment): string[] {
  if (!zone || !('tz' in zone)) return []
  // They are elsewhere than we thought: by whose clock?
  if (zone.home && zone.tz !== tz) return [tz]
  if (!zone.others) return []
  const isOwn = [zone.tz, ...zone.others].some((one) => one === tz || one === sellerTz)
  return isOwn ? [] : zone.others
}

function hoursOf({ day, clock, clocks, part }: Option): Hours {
  if (clock) {
    const { at, other } = resolveClock(clock, part)
    const others = other === undefined ? [] : [{ from: other, to: other }]
    // "Midnight on Saturday" is the one before it or the one after it.
    const isNamedDay = day?.is === 'weekday' || day?.is === 'date'
    if (clock.h === 24 && !clock.digital && isNamedDay) others.push({ from: 0, to: 0 })
    return {
      from: at,
      to: at,
      others,
      firm: Boolean(clock.half || part || clock.written24 || clock.digital),
      unsure: !fitsPart({ from: at, to: at }, part),
    }
  }
  if (clocks?.from && clocks.to) {
    const { from, to, other, unsure } = resolveClocks(clocks.from, clocks.to, part)
    return {
      from,
      to,
      others: other === undefined ? [] : [{ from: other, to: to + other - from }],
      firm: true,
      unsure,
    }
  }
  if (clocks) {
    const from = clocks.from && resolveClock(clocks.from, part)
    const to = clocks.to && resolveClock(clocks.to, part)
    const others = [
      from?.other !== undefined && { from: from.other },
      to?.other !== undefined && { to: to.other },
    ]
    return {
      from: from?.at ?? part?.from,
      to: to?.at ?? part?.to,
      others: others.filter((other) => other !== false),
      firm: Boolean((clocks.from ?? clocks.to)?.half ?? part),
    }
  }
  if (part && part.to - part.from === 1440) return WHOLE_DAY
  return part ? { from: part.from, to: part.to, others: [], firm: true, open: part.open } : WHOLE_DAY
}

/** Whether the clocks of a zone are put forward then; of one that never does so: no. */
function isSummer(tz: string, ms: number): boolean {
  const year = new Date(ms).getUTCFullYear()
  const offsets = [0, 6].map((month) => offsetAt(tz, Date.UTC(year, month, 15)))
  return offsetAt(tz, ms) > Math.min(...offsets)
}

/** RFC 3339 with the offset of `tz` at that instant. */
export function writeInstant(ms: number, tz: string): string {
  const offset = offsetAt(tz, ms) / MINUTE
  const sign = offset < 0 ? '-' : '+'
  const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0')
  return `${new Date(ms + offset * MINUTE).toISOString().slice(0, 19)}${sign}${two(offset / 60)}:${two(offset % 60)}`
}
