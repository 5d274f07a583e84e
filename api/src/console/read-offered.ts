import type { Queryable } from '../database/pool.ts'

/** Who says nothing for so long is not going to take one of these. */
const longestMs = 3 * 86_400_000

export type OfferedTime = {
  leadId: number
  leadName: string
  sellerId: string
  startsAt: Date
  endsAt: Date
}

/** Times to come that leads were offered last and have not answered, of a span of time (sellerId null: everybody's), earliest first. */
export async function findOffered(
  db: Queryable,
  { from, to, sellerId, now }: { from: Date; to: Date; sellerId: string | null; now: Date },
): Promise<OfferedTime[]> {
  const { rows } = await db.query<OfferedTime>(
    `select t.lead_id as "leadId", coalesce(l.contact_name, l.name) as "leadName", o.offer ->> 'sellerId' as "sellerId",
       (o.offer ->> 'start')::timestamptz as "startsAt", (o.offer ->> 'end')::timestamptz as "endsAt"
     from turns t join leads l on l.id = t.lead_id, jsonb_array_elements(t.decision -> 'offers') o (offer)
     where t.decision #>> '{sales,action}' = 'offer_times' and t.state = 'done' and not t.is_shadow and not t.is_suggestion
       and t.finished_at > $5 and l.stage not in ('booked', 'won', 'lost') and l.opted_out_at is null
       and not exists (select from turns n where n.lead_id = t.lead_id and n.id > t.id and n.decided_at is not null
                         and not n.is_shadow and not n.is_suggestion)
       and (o.offer ->> 'start')::timestamptz >= greatest($1, $6::timestamptz) and (o.offer ->> 'start')::timestamptz < $2
       and ($3::text is null or o.offer ->> 'sellerId' = $3)
     order by "startsAt", t.id limit $4`,
    [from, to, sellerId, mostOffers, new Date(now.getTime() - longestMs), now],
  )
  return rows
}

const mostOffers = 300
