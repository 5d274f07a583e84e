import { z } from 'zod'
import { busyOf } from './busy.ts'
import { invalid, rangeEmpty, rangeTooLong, required } from './errors.ts'
import { inZone, isZone, parseBound } from './times.ts'
import { calendarOf, roleOf, type World } from './world.ts'

const day = 86_400_000

const schema = z.object({
  timeMin: z.string().optional(),
  timeMax: z.string().optional(),
  timeZone: z.string().default('UTC'),
  items: z.array(z.object({ id: z.string() })).default([]),
  calendarExpansionMax: z.number().int().min(1).max(50).default(50),
})

/** The answer of freeBusy.query. A calendar that cannot be read has `errors` inside an answer of 200. @throws GoogleError */
export function freeBusy(world: World, input: unknown): object {
  const result = schema.safeParse(input ?? {})
  if (!result.success) throw invalid(`Invalid value for ${result.error.issues[0]!.path.join('.')}.`)
  const { timeMin, timeMax, timeZone, items, calendarExpansionMax } = result.data
  if (timeMin === undefined) throw required('Missing timeMin parameter.')
  if (timeMax === undefined) throw required('Missing timeMax parameter.')
  if (!isZone(timeZone)) throw invalid('Invalid time zone definition.')
  const from = parseBound(timeMin)
  const to = parseBound(timeMax)
  if (to <= from) throw rangeEmpty('timeMax')
  if (to - from > 90 * day) throw rangeTooLong()

  const busy = (id: string) => {
    if (items.length > calendarExpansionMax) return failed('tooManyCalendarsRequested')
    const known = id === 'primary' || world.calendars.some((calendar) => calendar.id === id)
    if (!known || roleOf(calendarOf(world, id)) === 'none') return failed('notFound')
    const intervals = busyOf(calendarOf(world, id), from, to)
    return {
      busy: intervals.map(([start, end]) => ({ start: inZone(start, timeZone), end: inZone(end, timeZone) })),
    }
  }
  return {
    kind: 'calendar#freeBusy',
    timeMin: new Date(from).toISOString(),
    timeMax: new Date(to).toISOString(),
    calendars: Object.fromEntries(items.map(({ id }) => [id, busy(id)])),
  }
}

const failed = (reason: string) => ({ errors: [{ domain: 'global', reason }], busy: [] })
