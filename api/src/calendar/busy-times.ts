import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Busy, busySchema } from '@lead/contract'
import type { Ports } from '../app.ts'
import { loseCalendar } from './calendar-access.ts'

const cacheMs = 60_000
const cacheKey = (calendarId: string) =>
  `busy:${createHash('sha256').update(calendarId).digest('hex').slice(0, 16)}`

export type SellerRow = { id: string; calendar_id: string; time_zone: string }

/** The sellers whose time may be given: those of the business whose calendar is in our reach. */
export async function activeSellers(app: Ports<'db'>): Promise<SellerRow[]> {
  const { rows } = await app.db.query<SellerRow>(
    'select id, calendar_id, time_zone from sellers where active and disconnected_at is null order by id',
  )
  return rows
}

/** The window that is asked for: from now to the horizon, on whole days so that the cache fits for a while. */
export function busyWindow(app: Ports<'business' | 'now'>): { from: string; to: string } {
  const now = app.now()
  const to = new Date(now.getTime() + (app.business.meeting.horizonDays + 1) * 86_400_000)
  to.setUTCHours(24, 0, 0, 0)
  return { from: now.toISOString(), to: to.toISOString() }
}

const realInstant = z.iso.datetime({ offset: true }).refine((text) => !Number.isNaN(Date.parse(text)))
const freeBusyAnswerSchema = z.looseObject({ calendars: z.record(z.string(), z.unknown()) })
const calendarSchema = z.looseObject({
  busy: z.array(z.object({ start: realInstant, end: realInstant })).optional(),
  errors: z.array(z.looseObject({ reason: z.string() })).optional(),
})
/** One calendar whose answer cannot be read is not free; the others are offered. */
const unreadable = { busy: undefined, errors: [{ reason: 'unreadable' }] }

/**
 * Puts an answer of freeBusy into the cache and gives the busy times of all sellers, our own holds included. A calendar with
 * an error is not kept and not free: its seller is left out.
 */
export async function rememberBusy(
  app: Ports<'db' | 'cache' | 'log'>,
  answer: unknown,
): Promise<Busy | null> {
  const parsed = freeBusyAnswerSchema.safeParse(answer)
  if (!parsed.success) return null
  const fresh = new Map<string, Busy[string]>()
  const answers = Object.entries(parsed.data.calendars).map(
    ([calendarId, one]) => [calendarId, calendarSchema.safeParse(one).data] as const,
  )
  if (answers.length > 0 && answers.every(([, one]) => one === undefined)) return null
  for (const [calendarId, { busy, errors } = unreadable] of answers) {
    if (errors?.length || !busy) {
      app.log.error({ calendarId, errors }, 'Google cannot read a calendar; its seller offers no time')
      const lost = errors?.find(({ reason }) => lostReasons.includes(reason))
      if (lost)
        await loseCalendar(app, app.db, { by: 'calendar', calendarId, reason: `freeBusy: ${lost.reason}` })
      continue
    }
    const blocks = busy.map(({ start, end }) => ({ from: utc(start), to: utc(end) }))
    fresh.set(calendarId, blocks)
    await app.cache.set(cacheKey(calendarId), JSON.stringify(blocks), cacheMs).catch((error: unknown) => {
      app.log.warn({ err: error }, 'Busy times could not be cached; Google is asked again next time')
    })
  }
  return withHolds(app, await activeSellers(app), async (calendarId) => fresh.get(calendarId) ?? null)
}

const blocksSchema = busySchema.valueType

/** The busy times of all sellers (`known`: as they were just read) when the cache has every one of them, else null: then Google must be asked. */
export async function readBusy(app: Ports<'db' | 'cache'>, known?: SellerRow[]): Promise<Busy | null> {
  const sellers = known ?? (await activeSellers(app))
  const busy = await withHolds(app, sellers, async (calendarId) => {
    const cached = await app.cache.get(cacheKey(calendarId)).catch(() => null)
    return cached ? blocksSchema.parse(JSON.parse(cached)) : null
  })
  return Object.keys(busy).length === sellers.length ? busy : null
}

/** Forgets what is known of a calendar, after it was changed. */
export async function forgetBusy(app: Ports<'cache' | 'log'>, calendarId: string): Promise<void> {
  await app.cache.delete([cacheKey(calendarId)]).catch((error: unknown) => {
    app.log.warn({ err: error }, 'The busy cache could not be cleared; it is stale for up to a minute')
  })
}

/** Google's busy times and our own holds, for each seller whose calendar is known. */
async function withHolds(
  app: Ports<'db'>,
  sellers: SellerRow[],
  blocksOf: (calendarId: string) => Promise<Busy[string] | null>,
): Promise<Busy> {
  const { rows: holds } = await app.db.query<{
    seller_id: string
    blocked_from: Date
    blocked_to: Date
    hold_until: Date | null
  }>(
    `select seller_id, lower(blocked) as blocked_from, upper(blocked) as blocked_to,
            case when status = 'held' then hold_until end as hold_until
     from calendar_events
     where ends_at > now() and (status in ('booking', 'booked') or (status = 'held' and hold_until > now()))`,
  )
  const busy: Busy = {}
  for (const seller of sellers) {
    const blocks = await blocksOf(seller.calendar_id)
    if (!blocks) continue
    const held = holds.filter((hold) => hold.seller_id === seller.id)
    busy[seller.id] = [
      ...blocks,
      ...held.map((hold) => ({
        from: hold.blocked_from.toISOString(),
        to: hold.blocked_to.toISOString(),
        ...(hold.hold_until && { holdUntil: hold.hold_until.toISOString() }),
      })),
    ]
  }
  return busy
}

/** Google's words for a calendar that is gone or no longer shared with us; others, as internalError, pass. */
const lostReasons = ['notFound', 'forbidden']

const utc = (instant: string) => new Date(instant).toISOString()
