import type { Decision, Offer } from '@lead/contract'
import type { Queryable } from '../database/pool.ts'
import { hearPick, isCourtesy, type PickHeard } from '../hearing/pick/hear-pick.ts'
import { seen, unsaid } from './seen.ts'

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

export type OnTheTable = {
  /** What "the first one" counts from: the list that the lead quotes, else the last one. */
  offers: Offer[]
  /** What the lead's newest words take of it, as far as signs and ordinals tell; `which`: they agree, and it is not clear to which. */
  picked: Offer | 'which' | null
}

type Line = { text: string; answers_newest: boolean; quoted: Decision | null }

/** What the lead may choose from, and what they chose, read by code: a bare sign, a number, a place in the list. */
export async function offersOnTheTable(db: Queryable, leadId: number): Promise<OnTheTable> {
  const [{ rows: lines }, last] = await Promise.all([
    db.query<Line>(
      `select m.text, t.decision as quoted,
              case when m.reply_to is not null then coalesce(t.decision -> 'sales' ->> 'action' = 'offer_times', false)
                   else coalesce(newest.action = 'offer_times', false) end as answers_newest
       from messages m
       left join messages q on q.account_id = m.account_id and q.peer_id = m.peer_id and q.channel_message_id = m.reply_to
         and q.direction = 'out'
       left join turns t on t.id = q.turn_id
       left join lateral (
         select nt.decision -> 'sales' ->> 'action' as action
         from messages o left join turns nt on nt.id = o.turn_id
         where o.lead_id = m.lead_id and o.direction = 'out' and o.id < m.id order by o.id desc limit 1) newest on true
       where m.lead_id = $1 and m.direction = 'in' and m.deleted_at is null and not ${seen}
       order by m.id`,
      [leadId],
    ),
    lastOffers(db, leadId),
  ])
  const quoted = lines.findLast(({ quoted: one }) => one?.sales.action === 'offer_times')?.quoted
  const offers = quoted?.offers ?? last
  return { offers, picked: offers.length > 0 ? pickFrom(offers, lines) : null }
}

/** Signs count where the message that they answer offered times; "the second option" speaks of the list wherever it stands. */
export function pickFrom(
  offers: Offer[],
  lines: Pick<Line, 'text' | 'answers_newest'>[],
): OnTheTable['picked'] {
  const telling = lines.filter(({ text }) => !isCourtesy(text))
  const heard = telling.map(({ text, answers_newest: isAnswer }) => {
    const one = hearPick(text)
    return one !== null && (isAnswer || (typeof one === 'object' && one.named)) ? one : null
  })
  // One thought in several messages: "да" and "второй". Words that say more are read by the model.
  if (heard.length === 0 || heard.includes(null)) return null
  const places = heard.filter((one): one is Extract<PickHeard, object> => typeof one === 'object')
  const place = places.at(-1)?.place
  if (place !== undefined) {
    if (places.some((one) => one.place !== place)) return 'which'
    return (place === 'last' ? offers.at(-1) : offers[place - 1]) ?? 'which'
  }
  return offers.length === 1 && heard.includes('yes') ? (offers[0] ?? 'which') : 'which'
}
