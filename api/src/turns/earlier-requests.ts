import type { BriefCard } from '@lead/contract'
import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'

/** Earlier leads of the same contact, newest first. */
export async function earlierRequests(db: Queryable, lead: Lead): Promise<BriefCard['earlier']> {
  if (lead.contact_id === null) return []
  const { rows } = await db.query<{ title: string; stage: string; at: Date }>(
    `select name as title, stage, created_at as at from leads where contact_id = $2 and id <> $1 order by created_at desc limit 3`,
    [lead.id, lead.contact_id],
  )
  return rows.map(({ at, ...one }) => ({ ...one, at: at.toISOString() }))
}
