import type { LeadRow } from '@lead/contract/console'
import type { Queryable } from '../database/pool.ts'

type Dates = 'controlUntil' | 'snoozedUntil' | 'lastAt' | 'unansweredSince' | 'next'
export type ListedLead = Omit<LeadRow, Dates> & {
  controlUntil: Date | null
  snoozedUntil: Date | null
  lastAt: Date
  unansweredSince: Date | null
  next: { kind: NonNullable<LeadRow['next']>['kind']; at: Date } | null
}

type Row = Omit<ListedLead, 'next'> & {
  next_kind: NonNullable<LeadRow['next']>['kind'] | null
  next_at: Date | null
}

/** Rows of the list for these leads, in the order of the ids. `found` is the line that a search found. */
export async function leadRows(
  db: Queryable,
  leadIds: number[],
  found = new Map<number, string>(),
): Promise<ListedLead[]> {
  const { rows } = await db.query<Row>(
    `select l.id, coalesce(l.contact_name, l.name) as name, h.queue, l.control, l.control_until as "controlUntil",
       l.control_by as "controlBy", l.control_reason as "controlReason", l.control_source as "controlSource", l.stage, h.seller_id as "sellerId", h.last_at as "lastAt", left(m.text, 200) as "lastText",
       m.author as "lastAuthor",
       case when m.id is null then null when m.direction = 'in' or m.sent_at is not null or m.channel_message_id is not null then 'delivered'
            else coalesce((select case o.state when 'done' then 'delivered' else o.state end from outbox o
                           where o.channel = 'telegram' and o.message_id = m.id order by o.id desc limit 1), 'pending') end as "lastDelivery",
       h.unanswered_since as "unansweredSince",
       exists (select from turns t where t.lead_id = l.id and t.state = 'running' and t.decision is null) as "isThinking",
       h.draft_since is not null as "hasDraft", h.snoozed_until as "snoozedUntil",
       p.kind as next_kind, p.run_at as next_at, null as found
     from unnest($1::bigint[]) with ordinality wanted (id, place)
     join leads l on l.id = wanted.id
     join lead_heads h on h.lead_id = l.id
     left join messages m on m.id = h.last_message_id
     left join turns p on p.lead_id = l.id and p.state = 'pending'
     order by wanted.place`,
    [leadIds],
  )
  return rows.map(({ next_kind: kind, next_at: at, ...row }) => ({
    ...row,
    next: kind && at ? { kind, at } : null,
    found: found.get(row.id) ?? null,
  }))
}
