import { z } from 'zod'
import { instant, isInstant, moment } from '../instant.ts'
import { isTimeZone } from '../zone.ts'

const MAX_WINDOW = 400 * 86_400_000

const zone = z.string().refine(isTimeZone, 'unknown time zone, an IANA name is expected')
const minutes = z.int().min(0).max(527_040)
/** A date; midnight UTC, as some systems store dates, is read as its date and not as an instant. */
const date = z.preprocess(
  (value) => (typeof value === 'string' ? value.replace(/T00:00:00(?:\.000)?Z$/, '') : value),
  z.iso.date(),
)
const wallClock = z
  .string()
  .regex(/^(?:[01]?\d|2[0-3]):[0-5]\d(?::00)?$|^24:00$/, 'a wall clock time HH:MM is expected')

const wallRange = z.tuple([wallClock, wallClock])
const instantRange = z
  .tuple([instant, instant])
  .refine(([from, to]) => Date.parse(from) <= Date.parse(to), 'the end is before the start')

const workingHours = z.object({
  /** 0 = Sunday .. 6 = Saturday. */
  days: z.array(z.int().min(0).max(6)),
  start: wallClock,
  end: wallClock,
})

const override = z.object({ date, ranges: z.array(wallRange) })

const busyBlock = z
  .object({
    from: moment,
    to: moment,
    /** Zone of a local time or a date (a calendar may live in another zone than its host); the host's when absent. */
    tz: zone.optional(),
    bufferBefore: minutes.optional(),
    bufferAfter: minutes.optional(),
    /** Lets `excludeId` find the booking that is being moved. */
    id: z.string().optional(),
    /** A meeting of ours: counts against `limits`. */
    own: z.boolean().optional(),
    /** The team whose event it is: counts against `teamLimits` of that team. */
    team: z.string().optional(),
    /** `cancelled`, `rejected` and `declined` block nothing, `pending` only with `pendingBlocks`. */
    status: z.string().optional(),
    /** Google: an event shown as free blocks nothing, an all-day one neither. */
    transparency: z.enum(['opaque', 'transparent']).optional(),
    /** A hold: blocks only while this instant is after `now`. */
    holdUntil: instant.optional(),
    /** A meeting of ours that several may join: its own start stays offered until it is full. */
    seats: z.int().min(1).optional(),
    attendees: z.int().min(0).default(0),
  })
  .refine(({ from, to }) => isInOrder(from, to), {
    path: ['to'],
    message: 'to is before from',
  })

const hostFields = {
  hostTz: zone,
  ranges: z.array(instantRange).optional(),
  workingHours: z.array(workingHours).default([]),
  overrides: z.array(override).default([]),
  busy: z.array(busyBlock).default([]),
  /** On these host dates (both inclusive) the host's hours are read in another zone. */
  travel: z.array(z.object({ from: date, to: date.optional(), tz: zone })).default([]),
  /** Whole days of the host (both inclusive) that are not worked. */
  away: z.array(z.object({ from: date, to: date.optional() })).default([]),
}

const host = z.object({
  ...hostFields,
  hostTz: zone.optional(),
  /** Absent, like `overrides` and `ranges`: the hours beside `hosts`. */
  workingHours: z.array(workingHours).optional(),
  id: z.string().optional(),
  /** Has to be there, whoever else comes (`attend: 'any'`). */
  fixed: z.boolean().default(false),
})

const count = z.int().min(0).optional()
const limits = z
  .object({
    perDay: count,
    perWeek: count,
    perMonth: count,
    perYear: count,
    minutesPerDay: minutes.optional(),
    minutesPerWeek: minutes.optional(),
    minutesPerMonth: minutes.optional(),
    minutesPerYear: minutes.optional(),
  })
  .refine(
    (all) =>
      rising(all.perDay, all.perWeek, all.perMonth, all.perYear) &&
      rising(all.minutesPerDay, all.minutesPerWeek, all.minutesPerMonth, all.minutesPerYear),
    'a limit of a longer time is below that of a shorter one',
  )

function rising(...values: (number | undefined)[]): boolean {
  const given = values.filter((value) => value !== undefined)
  return given.every((value, i) => i === 0 || value >= given[i - 1]!)
}

/** Both ends of a block are written in the same way; in UTC, as calendars write them, the texts stand in order as the times do. */
function isInOrder(from: string, to: string): boolean {
  if (from.length === to.length && from.endsWith('Z') && to.endsWith('Z')) return from <= to
  return Date.parse(asUtc(from)) <= Date.parse(asUtc(to))
}

/** Comparable without a zone. */
function asUtc(text: string): string {
  return isInstant(text) || text.length === 10 ? text : `${text}Z`
}

const period = z.union([
  z.object({
    kind: z.literal('rolling'),
    /** Today plus so many days. */
    days: z.int().min(0).max(366),
    /** Only Monday to Friday are counted; weekends between them stay open. */
    businessDays: z.boolean().optional(),
  }),
  /** Up to the so-many-th day that has a free time. */
  z.object({
    kind: z.literal('bookable'),
    days: z.int().min(1).max(60),
    businessDays: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('fixed'), from: date, to: date }),
])

/**
 * What a free time is computed from. Instants are RFC 3339 with an offset, lengths are minutes, wall clock times are
 * read in `hostTz`. `now` is given, never taken from a clock.
 */
export const slotInputSchema = z
  .object({
    ...hostFields,
    now: instant,
    durationMin: minutes.min(1),
    /** Distance between starts; the length of the meeting when absent. */
    stepMin: minutes.min(1).optional(),
    offsetMin: minutes.default(0),
    minNoticeMin: minutes.default(0),
    bufferBefore: minutes.default(0),
    bufferAfter: minutes.default(0),
    /** Only time inside is offered. Needed with `workingHours` unless `period` bounds them. */
    window: instantRange.optional(),
    period: period.optional(),
    limits: limits.optional(),
    /** The team of this event, and what its members may take of such events. */
    team: z.string().optional(),
    teamLimits: limits.optional(),
    pendingBlocks: z.boolean().default(false),
    /** The booker's meetings to come, and how many are allowed: none is offered past it. */
    bookerLimit: z.object({ active: z.int().min(0), max: z.int().min(0) }).optional(),
    /** Start off the round grid when that gives one more meeting. */
    dense: z.boolean().default(false),
    excludeId: z.string().optional(),
    /** Several hosts instead of the one above; `attend` says whether one of them is enough or all are needed. */
    hosts: z.array(host).min(1).optional(),
    attend: z.enum(['any', 'all']).default('any'),
    /** The host (its `id`) who knows the lead: only that one, unless there is nothing in the first two weeks. */
    owner: z.string().optional(),
    skipContactOwner: z.boolean().default(false),
    /** The hours beside `hosts` are those of the event and stand before each host's own. */
    commonSchedule: z.boolean().default(false),
  })
  .refine((input) => input.window !== undefined || input.period !== undefined || onlyRanges(input), {
    path: ['window'],
    message: 'window (or period) is required with workingHours and overrides',
  })
  .refine(({ window }) => !window || Date.parse(window[1]) - Date.parse(window[0]) <= MAX_WINDOW, {
    path: ['window'],
    message: 'window is longer than 400 days',
  })

type Hours = { workingHours?: unknown[]; overrides: unknown[] }

function onlyRanges(input: Hours & { hosts?: Hours[] }): boolean {
  return [input, ...(input.hosts ?? [])].every(
    (one) => (one.workingHours?.length ?? 0) + one.overrides.length === 0,
  )
}

export type SlotInput = z.input<typeof slotInputSchema>
export type SlotRules = z.output<typeof slotInputSchema>
export type SlotHost = Pick<
  SlotRules,
  'hostTz' | 'ranges' | 'workingHours' | 'overrides' | 'busy' | 'travel' | 'away'
> & { id?: string; fixed?: boolean }
