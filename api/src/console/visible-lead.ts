import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import type { User } from './user.ts'

/**
 * Whose leads a person may see: null is everybody's. A seller sees those they are responsible for in amoCRM, and those whose newest
 * meeting is with them.
 */
export type Scope = { sellerId: string; amocrmUserId: number } | null

/** No user of amoCRM has this id. */
const nobody = -1

export function scopeOf({ business }: Ports<'business'>, user: User): Scope {
  if (user.role !== 'seller' || user.sellerId === null) return null
  const seller = business.sellers.find(({ id }) => id === user.sellerId)
  return { sellerId: user.sellerId, amocrmUserId: seller?.amocrmUserId ?? nobody }
}

/** Which of these leads a person may see. */
export async function visibleLeads(db: Queryable, scope: Scope, leadIds: number[]): Promise<Set<number>> {
  if (scope === null || leadIds.length === 0) return new Set(leadIds)
  const { rows } = await db.query<{ lead_id: number }>(
    `select lead_id from lead_heads where lead_id = any($1) and (seller_id = $2 or responsible_user_id = $3)`,
    [leadIds, scope.sellerId, scope.amocrmUserId],
  )
  return new Set(rows.map((row) => row.lead_id))
}
