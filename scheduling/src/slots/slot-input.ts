import { z } from 'zod'
import { instant } from '../instant.ts'
import { isTimeZone } from '../zone.ts'

const MAX_WINDOW = 400 * 86_400_000

const zone = z.string().refine(isTimeZone, 'unknown time zone, an IANA name is expected')
const minutes = z.int().min(0).max(527_040)
const date = z.iso.date()
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
    from: instant,
    to: instant,
    bufferBefore: minutes.optional(),
    bufferAfter: minutes.optional(),
    /** Lets `excludeId` find the booking that is being moved. */
    id: z.string().optional(),
    /** A meeting of ours: counts against `limits`. */
    own: z.boolean().optional(),
    /** A hold: blocks only while this instant is after `now`. */
    holdUntil: instant.optional(),
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
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
}

const host = z.object({ ...hostFields, hostTz: zone.optional() })

const limits = z.object({
  perDay: z.int().min(0).optional(),
  perWeek: z.int().min(0).optional(),
  minutesPerDay: minutes.optional(),
  minutesPerWeek: minutes.optional(),
})

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
    /** Start off the round grid when that gives one more meeting. */
    dense: z.boolean().default(false),
    excludeId: z.string().optional(),
    /** Several hosts instead of the one above; `attend` says whether one of them is enough or all are needed. */
    hosts: z.array(host).min(1).optional(),
    attend: z.enum(['any', 'all']).default('any'),
  })
  .refine((input) => input.window !== undefined || input.period !== undefined || onlyRanges(input), {
    path: ['window'],
    message: 'window (or period) is required with workingHours and overrides',
  })
  .refine(({ window }) => !window || Date.parse(window[1]) - Date.parse(window[0]) <= MAX_WINDOW, {
    path: ['window'],
    message: 'window is longer than 400 days',
  })

type Hours = { workingHours: unknown[]; overrides: unknown[] }

function onlyRanges(input: Hours & { hosts?: Hours[] }): boolean {
  return (input.hosts ?? [input]).every((one) => one.workingHours.length + one.overrides.length === 0)
}

export type SlotInput = z.input<typeof slotInputSchema>
export type SlotRules = z.output<typeof slotInputSchema>
export type SlotHost = Pick<SlotRules, 'hostTz' | 'ranges' | 'workingHours' | 'overrides' | 'busy' | 'travel'>
