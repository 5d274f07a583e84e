import { type Counters, mostCounted, queues } from '@lead/contract/console'
import type { Queryable } from '../database/pool.ts'
import type { Scope } from './visible-lead.ts'

type Row = { queue: (typeof queues)[number]; count: number }

/** How many leads each queue has, up to `mostCounted`. */
export async function countQueues(db: Queryable, scope: Scope): Promise<Counters> {
  const { rows } = scope
    ? await db.query<Row>(
        `select queue, (select count(*)::int from (
           (select lead_id from lead_heads where responsible_user_id = $4 and queue = q.queue limit $2)
           union (select lead_id from lead_heads where seller_id = $3 and queue = q.queue limit $2) limit $2) counted) as count
         from unnest($1::text[]) q (queue)`,
        [queues, mostCounted, scope.sellerId, scope.amocrmUserId],
      )
    : await db.query<Row>(
        `select queue, (select count(*)::int from (select from lead_heads where queue = q.queue limit $2) counted) as count
         from unnest($1::text[]) q (queue)`,
        [queues, mostCounted],
      )
  return Object.fromEntries(rows.map(({ queue, count }) => [queue, count])) as Counters
}
