import { type Queue, queues } from '@lead/contract/console'
import type { Queryable } from '../database/pool.ts'
import { leadRows, type ListedLead } from './lead-rows.ts'
import type { Scope } from './visible-lead.ts'

/** Where a page ended: the moment of its last row, and the lead. */
export type Cursor = { at: Date; leadId: number }

const pageSize = 50
/** Before the first row of any list. */
const top: Cursor = { at: new Date('9999-01-01T00:00:00Z'), leadId: Number.MAX_SAFE_INTEGER }

type Place = { lead_id: number; last_at: Date }

/** One page of a queue (null: of all leads), what happened last first. Pages go on after a row, so that they stay quick however deep. */
export async function listLeads(
  db: Queryable,
  scope: Scope,
  { queue, after }: { queue: Queue | null; after: Cursor | null },
): Promise<{ leads: ListedLead[]; after: Cursor | null }> {
  const { at, leadId } = after ?? top
  const places = scope
    ? await placesOfSeller(db, scope, queue, { at, leadId })
    : await placesOfAll(db, queue, { at, leadId })
  const page = places.slice(0, pageSize)
  const last = page.at(-1)
  const hasMore = places.length > pageSize
  return {
    leads: await leadRows(
      db,
      page.map((place) => place.lead_id),
    ),
    after: hasMore && last ? { at: last.last_at, leadId: last.lead_id } : null,
  }
}

async function placesOfAll(db: Queryable, queue: Queue | null, { at, leadId }: Cursor): Promise<Place[]> {
  if (queue === null) {
    const { rows } = await db.query<Place>(
      `select lead_id, last_at from lead_heads where (last_at, lead_id) < ($1, $2)
       order by last_at desc, lead_id desc limit $3`,
      [at, leadId, pageSize + 1],
    )
    return rows
  }
  const { rows } = await db.query<Place>(
    `select lead_id, last_at from lead_heads where queue = $4 and (last_at, lead_id) < ($1, $2)
     order by last_at desc, lead_id desc limit $3`,
    [at, leadId, pageSize + 1, queue],
  )
  return rows
}

/** Two ways to be a seller's lead, each read in order from its own index, and merged. */
async function placesOfSeller(
  db: Queryable,
  { sellerId, amocrmUserId }: NonNullable<Scope>,
  queue: Queue | null,
  { at, leadId }: Cursor,
): Promise<Place[]> {
  const { rows } = await db.query<Place>(
    `select lead_id, last_at from unnest($4::text[]) q (queue) cross join lateral (
       (select lead_id, last_at from lead_heads where responsible_user_id = $6 and queue = q.queue and (last_at, lead_id) < ($1, $2)
        order by last_at desc, lead_id desc limit $3)
       union
       (select lead_id, last_at from lead_heads where seller_id = $5 and queue = q.queue and (last_at, lead_id) < ($1, $2)
        order by last_at desc, lead_id desc limit $3)) own
     order by last_at desc, lead_id desc limit $3`,
    [at, leadId, pageSize + 1, queue === null ? queues : [queue], sellerId, amocrmUserId],
  )
  return rows
}
