import type { Business } from '../settings/business.ts'
import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'

export type SellerOrder = {
  /** Active sellers, the one who was booked longest ago first, so that they take turns. */
  ids: string[]
  /** The seller who keeps this lead while they have time, or null. */
  own: string | null
}

/**
 * Whose times a lead is offered. The lead's own seller is the one of the booked meeting, else the responsible user in amoCRM
 * (`amocrmUserId` of a seller), else whoever met or was to meet this person last, on whichever of their leads.
 */
export async function sellerOrder(
  db: Queryable,
  business: Business,
  lead: Pick<Lead, 'id' | 'contact_id' | 'responsible_user_id'>,
): Promise<SellerOrder> {
  const [{ rows: sellers }, { rows: met }] = await Promise.all([
    db.query<{ id: string }>(
      `select s.id from sellers s
       left join lateral (
         select e.created_at from calendar_events e
         where e.seller_id = s.id and e.status in ('held', 'booking', 'booked')
         order by e.created_at desc limit 1) last on true
       where s.active
       order by last.created_at nulls first, s.id`,
    ),
    db.query<{ seller_id: string; is_next: boolean }>(
      `select e.seller_id, e.lead_id = $1 and e.status = 'booked' and e.ends_at > now() as is_next
       from calendar_events e join sellers s on s.id = e.seller_id and s.active
       where e.status in ('booking', 'booked', 'cancelled')
         and e.lead_id in (select id from leads where id = $1 or contact_id = $2)
       order by is_next desc, e.id desc limit 1`,
      [lead.id, lead.contact_id],
    ),
  ])
  const ids = sellers.map(({ id }) => id)
  const responsible = business.sellers.find(
    ({ id, amocrmUserId }) =>
      amocrmUserId !== undefined && amocrmUserId === lead.responsible_user_id && ids.includes(id),
  )
  const last = met[0]
  const own = last?.is_next ? last.seller_id : (responsible?.id ?? last?.seller_id ?? null)
  return { ids, own }
}
