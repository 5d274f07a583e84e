import type { DeadLetter } from '@lead/contract/console'
import type { Queryable } from '../database/pool.ts'

type Listed = Omit<DeadLetter, 'at'> & { at: Date }

const most = 200

/** What failed for good and needs a human, the newest first. What came from outside is named by its door, its body is never shown. */
export async function listDeadLetters(db: Queryable): Promise<Listed[]> {
  const [{ rows: outgoing }, { rows: incoming }] = await Promise.all([
    db.query<Listed>(
      `select 'outbox' as door, o.id, o.lead_id as "leadId", coalesce(l.contact_name, l.name) as "leadName", o.channel,
         o.payload ->> 'kind' as kind, o.last_error as reason, o.attempts, coalesce(o.finished_at, o.created_at) as at,
         left(o.payload ->> 'text', 300) as text
       from outbox o join leads l on l.id = o.lead_id where o.state = 'dead' order by o.id desc limit $1`,
      [most],
    ),
    db.query<Listed>(
      `select 'inbox' as door, id, null as "leadId", null as "leadName", source as channel, state as kind, reason, attempts,
         coalesce(processed_at, received_at) as at, null as text
       from inbox_events where state in ('unreadable', 'failed') order by id desc limit $1`,
      [most],
    ),
  ])
  return [...outgoing, ...incoming].toSorted((a, b) => b.at.getTime() - a.at.getTime())
}
