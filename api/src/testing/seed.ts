import { leaseMs, type Offer, type Proposal, type TurnKind, type TurnLease } from '@lead/contract'
import { randomUUID } from 'node:crypto'
import { one, type Queryable } from '../database/pool.ts'
import { openConversation } from '../conversations/open-conversation.ts'
import type { Meeting } from '../meetings/google-event.ts'
import type { Lead } from '../leads/lead.ts'
import { type ClaimedTurn, claimTurns, scheduleTurn } from '../turns/engine/engine.ts'

/** Puts a lead into the database; `columns` overrides what is not the default. */
export async function addLead(db: Queryable, id: number, columns: Partial<Lead> = {}): Promise<void> {
  const phones = columns.phone ? [columns.phone] : []
  const row = { id, name: `Lead ${id}`, language: 'ru', time_zone: 'Europe/Moscow', phones, ...columns }
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`)
  await db.query(`insert into leads (${names.join(', ')}) values (${places.join(', ')})`, Object.values(row))
}

/** Puts a message of the lead into the conversation, as it stands after it was recorded. */
export async function addInbound(db: Queryable, leadId: number, text: string): Promise<number> {
  const conversation = await openConversation(db, { leadId, accountId: 'main' })
  const { id } = one(
    await db.query<{ id: number }>(
      `insert into messages (conversation_id, lead_id, direction, author, text) values ($1, $2, 'in', 'lead', $3) returning id`,
      [conversation.id, leadId, text],
    ),
  )
  return id
}

/** Claims every turn that is due, as the dispatcher does. */
export const claimAll = (db: Queryable): Promise<ClaimedTurn[]> =>
  claimTurns(db, { most: 1000, leaseMs, process: randomUUID() })

/** Lets the lease of a running turn lapse and claims it again, as another execution would. */
export async function takeOver(db: Queryable, { turnId }: TurnLease): Promise<TurnLease> {
  await db.query(`update turns set lease_until = now() - interval '1 s' where id = $1`, [turnId])
  const turn = (await claimAll(db)).find((claimed) => claimed.id === turnId)
  if (!turn) throw new Error(`Turn ${turnId} was not claimed again`)
  return { turnId, fencing: turn.fencing }
}

/** Schedules a turn for the lead and claims it, as if it had been dispatched with all messages seen. */
export async function runningTurn(
  db: Queryable,
  leadId: number,
  kind: TurnKind = 'answer',
): Promise<TurnLease> {
  await scheduleTurn(db, { leadId, kind, quietMs: 0, longestMs: 0 })
  const claimed = (await claimAll(db)).find((turn) => turn.lead_id === leadId)
  if (!claimed) throw new Error(`The turn of lead ${leadId} was not claimed`)
  await db.query(
    `update turns set seen_message_id = (select max(id) from messages where lead_id = $2 and direction = 'in') where id = $1`,
    [claimed.id, leadId],
  )
  return { turnId: claimed.id, fencing: claimed.fencing }
}

/** A time of half an hour, `hours` from the next full hour. */
export function offerIn(hours: number, sellerId = 'olga', id = `offer-${sellerId}-${hours}`): Offer {
  const start = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000)
  const end = new Date(start.getTime() + 30 * 60_000)
  return { id, sellerId, start: start.toISOString(), end: end.toISOString(), label: `time +${hours}` }
}

/** What n8n would bring for a turn in which nothing special happens. */
export function proposal(
  sales: Partial<Proposal['sales']> = {},
  rest: Partial<Omit<Proposal, 'sales'>> = {},
): Proposal {
  return {
    classification: {
      language: 'ru',
      intent: 'interested',
      also: [],
      objections: [],
      tone: 'neutral',
      zoneQuote: null,
      timeQuotes: [],
      pickedOfferId: null,
      facts: { need: null, budget: null, timeline: null, authority: null, email: null },
      confidence: 0.9,
    },
    sales: {
      reply: 'Расскажите, пожалуйста, о вашей задаче.',
      action: 'talk',
      offerId: null,
      note: 'Спросили о задаче.',
      ...sales,
    },
    offers: [],
    wishFree: null,
    notFree: [],
    wishUnclear: false,
    plan: null,
    ...rest,
  }
}

/** Books a meeting of the lead in the database, as it is after Google has confirmed it. */
export async function addMeeting(
  db: Queryable,
  leadId: number,
  { start, end, sellerId }: Offer,
  columns: Partial<Pick<Meeting, 'status' | 'hold_until' | 'meet_link'>> = {},
): Promise<Meeting> {
  return one(
    await db.query<Meeting>(
      `insert into calendar_events (lead_id, seller_id, status, starts_at, ends_at, blocked, hold_until, meet_link, calendar_id,
                                    google_event_id)
       values ($1, $2, $3, $4, $5, tstzrange($4, $5::timestamptz + interval '10 min', '[)'), $6, $7,
               (select calendar_id from sellers where id = $2), $8)
       returning *`,
      [
        leadId,
        sellerId,
        columns.status ?? 'booked',
        start,
        end,
        columns.hold_until ?? null,
        columns.meet_link ?? null,
        `event${leadId}x${Date.parse(start)}`,
      ],
    ),
  )
}

/** The rows of a query; for looking at what is stored. */
export async function rowsOf<Row = Record<string, unknown>>(
  db: Queryable,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const { rows } = await db.query(sql, values)
  return rows as Row[]
}
