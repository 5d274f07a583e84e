import type { Stage } from '../leads/lead.ts'
import { one, type Queryable } from '../database/pool.ts'

export type TelegramPayload = { kind: 'text'; messageId: number; text: string }
export type AmocrmPayload =
  /** Our stage and our field names; mapped to the account's statuses and fields when it is delivered. */
  | {
      kind: 'lead'
      stage?: Stage
      statusId?: number
      fields?: Record<string, string | number | null>
      tags?: string[]
      /** Why the lead is lost; by its name in config/business.yaml. */
      lossReason?: 'notInterested' | 'optOut' | 'unreachable'
    }
  | { kind: 'note'; text: string }
  /** A line of the conversation for the chat on the card. */
  | { kind: 'chat'; messageId: number }
  /** Whether a manager's answer arrived. */
  | { kind: 'chat_status'; messageId: number; status: 1 | -1; error: string | null }
  | { kind: 'task'; text: string; dueAt?: string; dueInMin?: number }
  /** Closes the task that the outbox row with the key `of` made. */
  | { kind: 'task_done'; of: string; result: string }

export type OutboxItem = { leadId: number; turnId: number | null; key: string } & (
  | { channel: 'telegram'; payload: TelegramPayload }
  | { channel: 'amocrm'; payload: AmocrmPayload }
)

/** Puts one effect on its way. The same key again changes nothing. @returns the row's id, new or old */
export async function enqueue(db: Queryable, item: OutboxItem): Promise<{ id: number; added: boolean }> {
  const { rows } = await db.query<{ id: number }>(
    `insert into outbox (lead_id, turn_id, channel, payload, idempotency_key) values ($1, $2, $3, $4, $5)
     on conflict (idempotency_key) do nothing returning id`,
    [item.leadId, item.turnId, item.channel, item.payload, item.key],
  )
  if (rows[0]) return { id: rows[0].id, added: true }
  const old = await db.query<{ id: number }>('select id from outbox where idempotency_key = $1', [item.key])
  return { id: one(old).id, added: false }
}
