import type { Decision, Offer } from '@lead/contract'
import type { Queryable } from '../database/pool.ts'
import { unsaid } from './seen.ts'

/** The times that were offered last and are still on the table. */
export async function lastOffers(db: Queryable, leadId: number): Promise<Offer[]> {
  const { rows } = await db.query<{ decision: Decision }>(
    `select decision from turns t where lead_id = $1 and state = 'done' and decision is not null
       and not exists (${unsaid})
     order by id desc limit 3`,
    [leadId],
  )
  for (const { decision } of rows) {
    if (decision.sales.action === 'book' || decision.sales.action === 'move') return []
    if (decision.sales.action === 'offer_times') return decision.offers
  }
  return []
}
