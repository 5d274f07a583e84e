import type { Event } from '@lead/contract'
import type { Queryable } from '../database/pool.ts'

/**
 * Puts an event on its way to every webhook that wants it, in the transaction of the fact that it tells: what is rolled back was never
 * told, and what is committed is told in the end.
 */
export async function announce(tx: Queryable, { type, data }: Event): Promise<void> {
  await tx.query(
    `insert into webhook_deliveries (webhook_id, lead_id, type, data)
     select id, $2, $1, $3 from webhooks where stopped_at is null and $1 = any(events)`,
    [type, data.leadId, data],
  )
}

type Held = { lead_id: number; starts_at: Date; ends_at: Date; seller_id: string }

export const announceMeeting = (
  tx: Queryable,
  type: 'meeting.booked' | 'meeting.moved' | 'meeting.cancelled' | 'meeting.no_show',
  { lead_id: leadId, starts_at: startsAt, ends_at: endsAt, seller_id: sellerId }: Held,
): Promise<void> =>
  announce(tx, {
    type,
    data: { leadId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), sellerId },
  })
