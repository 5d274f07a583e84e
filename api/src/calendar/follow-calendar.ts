import type { PoolClient } from 'pg'
import type { App, Ports } from '../app.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { lockMeeting } from '../meetings/lock-meeting.ts'
import { markBooked } from '../meetings/mark-booked.ts'
import { inTransaction } from '../database/pool.ts'
import { findLead, type Lead } from '../leads/lead.ts'
import { mayEnter } from '../leads/stage-rank.ts'
import { setStage } from '../leads/set-stage.ts'
import { type CalendarChange, sameHourOn } from './calendar-event.ts'
import { tellOfCollision, tellOfDecline, tellOfLink, tellOfWholeDay } from './tell-of-details.ts'
import { tellOfChange } from './tell-of-change.ts'
import { isExcluded } from '../database/judge-database-error.ts'

type Present = Extract<CalendarChange, { gone: false }>
type Span = { startsAt: Date; endsAt: Date }

/** What a human did is newer than our own last note; the clocks of Google and ours may differ by so much. */
const clockSlackMs = 5000

/**
 * What a human did in Google with a meeting of ours: our row, the card, the reminders and, if the business wants it, the lead
 * follow. A changed title, colour or guest list is theirs alone.
 *
 *   deleted                        cancelled
 *   moved                          moved; onto another meeting of ours: a task with both names, and it stays where it was
 *   made all-day                   moved to that day at its old hour, and a task: which hour?
 *   brought back from the bin      booked again
 *   the lead said no as a guest    a note on the card
 *   its Meet room is ready         row, card and lead get the link
 */
export async function followCalendar(app: App, change: CalendarChange): Promise<void> {
  const followed = await inTransaction(app.db, async (tx) => {
    const meeting = await lockMeeting(tx, { googleEventId: change.id })
    const lead = meeting && (await findLead(tx, meeting.lead_id))
    if (!meeting || !lead) return false
    if (meeting.status === 'cancelled')
      return !change.gone && (await followRestored(app, tx, lead, meeting, change))
    if (meeting.status !== 'booked') return false
    return change.gone ? followGone(app, tx, lead, meeting) : followPresent(app, tx, lead, meeting, change)
  })
  if (!followed) return
  for (const work of ['turns', 'telegram', 'amocrm'] as const) app.wake.up(work)
}

async function followGone(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
): Promise<boolean> {
  if (await isBeingCancelled(tx, meeting)) return false
  await tx.query(`update calendar_events set status = 'cancelled', updated_at = now() where id = $1`, [
    meeting.id,
  ])
  if (lead.stage === 'booked') await setStage(tx, lead.id, { stage: 'qualified', by: 'calendar' })
  await tellOfChange(app, tx, lead, meeting, { what: 'gone', updatedAt: null })
  return true
}

async function followPresent(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  change: Present,
): Promise<boolean> {
  const zone = zoneOf(app, meeting)
  const now = { startsAt: meeting.starts_at, endsAt: meeting.ends_at }
  const at = 'day' in change.at ? sameHourOn(change.at.day, now, zone) : change.at
  const details = [
    await tellOfLink(app, tx, lead, meeting, change.meetLink),
    await tellOfDecline(app, tx, lead, meeting, change.declined),
    'day' in change.at && (await tellOfWholeDay(app, tx, lead, meeting, { at, etag: change.etag })),
  ]
  const isTold = details.some(Boolean)
  const moves = at.startsAt.getTime() !== now.startsAt.getTime()
  if (!moves && at.endsAt.getTime() === now.endsAt.getTime()) return isTold
  if (change.updatedAt !== null && !isNews(change.updatedAt, meeting)) return isTold
  const other = await place(tx, meeting, at, change.etag)
  if (other) {
    await tellOfCollision(app, tx, lead, meeting, { at, etag: change.etag, other })
    return true
  }
  if (!moves) return isTold
  const { etag, updatedAt } = change
  const moved = { what: 'moved', at, etag, updatedAt, hourIsKnown: !('day' in change.at) } as const
  await tellOfChange(app, tx, lead, meeting, moved)
  return true
}

async function followRestored(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  { at, updatedAt, etag }: Present,
): Promise<boolean> {
  if (!isNews(updatedAt, meeting) || 'day' in at || at.startsAt <= app.now()) return false
  const other = await place(tx, meeting, at, etag)
  if (other) {
    await tellOfCollision(app, tx, lead, meeting, { at, etag, other })
    return true
  }
  await markBooked(tx, meeting.id)
  if (mayEnter(lead, 'booked')) await setStage(tx, lead.id, { stage: 'booked', by: 'calendar' })
  await tellOfChange(app, tx, lead, meeting, { what: 'restored', at, etag, updatedAt })
  return true
}

/** A page that was read before we moved or deleted the event still shows it as it was; our own write comes with a later page. */
const isNews = (updatedAt: Date | null, meeting: Meeting): boolean =>
  updatedAt !== null && updatedAt.getTime() > meeting.updated_at.getTime() - clockSlackMs

const zoneOf = (app: Ports<'business'>, { seller_id: id }: Meeting) =>
  app.business.sellers.find((seller) => seller.id === id)?.timeZone ?? app.business.timeZone

/** We delete it ourselves right now: the turn tells everybody, and what it leaves undone `giveBackTurn` has looked for. */
async function isBeingCancelled(tx: PoolClient, meeting: Meeting): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from turns where id = $1 and state = 'running' and decision -> 'sales' ->> 'action' = 'cancel'`,
    [meeting.turn_id],
  )
  return rowCount === 1
}

/**
 * Books the meeting at this time. @returns null, or the meeting of another lead that has the time: then nothing changed
 */
async function place(
  tx: PoolClient,
  meeting: Meeting,
  { startsAt, endsAt }: Span,
  etag: string | undefined,
): Promise<Meeting | null> {
  await tx.query('savepoint place')
  try {
    await tx.query(
      `update calendar_events set starts_at = $2, ends_at = $3, etag = $4, updated_at = now(),
         blocked = tstzrange($2::timestamptz - (starts_at - lower(blocked)), $3::timestamptz + (upper(blocked) - ends_at), '[)')
       where id = $1`,
      [meeting.id, startsAt, endsAt, etag ?? meeting.etag],
    )
    return null
  } catch (error) {
    if (!isExcluded(error)) throw error
    await tx.query('rollback to savepoint place')
  }
  const { rows } = await tx.query<Meeting>(
    `select o.* from calendar_events o, calendar_events m
     where m.id = $1 and o.id <> m.id and o.seller_id = m.seller_id and o.status in ('held', 'booking', 'booked')
       and o.blocked && tstzrange($2::timestamptz - (m.starts_at - lower(m.blocked)), $3::timestamptz + (upper(m.blocked) - m.ends_at), '[)')
     order by o.starts_at limit 1`,
    [meeting.id, startsAt, endsAt],
  )
  return rows[0] ?? null
}
