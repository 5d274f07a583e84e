import type { Offer } from '@lead/contract'
import type { PoolClient } from 'pg'
import type { Business } from '../settings/business.ts'
import { one } from '../database/pool.ts'
import { googleEventId, type Meeting } from './google-event.ts'
import { isExcluded } from '../database/judge-database-error.ts'

type Slot = Pick<Offer, 'sellerId' | 'start' | 'end'>

/**
 * Takes a time for a lead, inside the caller's transaction. The exclusion constraint is the lock: of two leads that want
 * overlapping times of one seller, one gets `null`.
 */
export async function holdSlot(
  tx: PoolClient,
  business: Business,
  { turnId, refusals, leadId, slot }: { turnId: number; refusals: number; leadId: number; slot: Slot },
): Promise<Meeting | null> {
  await tx.query(
    // One that its own lead is just acting on is left to it.
    `update calendar_events set status = 'expired', updated_at = now()
     where id in (select id from calendar_events
                  where seller_id = $1 and status = 'held' and hold_until < now() for update skip locked)`,
    [slot.sellerId],
  )
  const turn = one(
    await tx.query<{ id: number; created_at: Date }>('select id, created_at from turns where id = $1', [
      turnId,
    ]),
  )
  const { bufferBeforeMin, bufferAfterMin, holdMin } = business.meeting
  const { rows } = await tx.query<Meeting>(
    `insert into calendar_events
       (lead_id, seller_id, turn_id, starts_at, ends_at, blocked, hold_until, calendar_id, google_event_id)
     select $1, s.id, $3, $4, $5,
            tstzrange($4::timestamptz - make_interval(mins => $6), $5::timestamptz + make_interval(mins => $7), '[)'),
            now() + make_interval(mins => $8), s.calendar_id, $9
     from sellers s where s.id = $2 and s.active
     on conflict do nothing
     returning *`,
    [
      leadId,
      slot.sellerId,
      turnId,
      slot.start,
      slot.end,
      bufferBeforeMin,
      bufferAfterMin,
      holdMin,
      googleEventId(turn, refusals),
    ],
  )
  return rows[0] ?? null
}

/**
 * Gives a booked meeting another time, in place: the constraint compares it with all others but not with itself. The old
 * time is remembered until Google has moved the event.
 * @returns null when the new time is taken
 */
export async function holdNewTime(
  tx: PoolClient,
  business: Business,
  { turnId, meeting, slot }: { turnId: number; meeting: Meeting; slot: Slot },
): Promise<Meeting | null> {
  await tx.query('savepoint new_time')
  try {
    const { rows } = await tx.query<Meeting>(
      `update calendar_events set
         previous_starts_at = starts_at, previous_ends_at = ends_at, turn_id = $2, status = 'booking',
         starts_at = $3, ends_at = $4,
         blocked = tstzrange($3::timestamptz - make_interval(mins => $5), $4::timestamptz + make_interval(mins => $6), '[)'),
         updated_at = now()
       where id = $1 and status = 'booked' and seller_id = $7
       returning *`,
      [
        meeting.id,
        turnId,
        slot.start,
        slot.end,
        business.meeting.bufferBeforeMin,
        business.meeting.bufferAfterMin,
        slot.sellerId,
      ],
    )
    return rows[0] ?? null
  } catch (error) {
    if (!isExcluded(error)) throw error
    await tx.query('rollback to savepoint new_time')
    return null
  }
}
