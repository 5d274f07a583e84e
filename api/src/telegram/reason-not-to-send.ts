import { onlyWords } from '@lead/contract'
import type { Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { type Lead, mayWrite } from '../leads/lead.ts'
import type { Delivery } from '../outbox/deliver.ts'
import type { Spoken } from './disclose.ts'
import { halted } from './halt.ts'
import type { Place } from './messenger.ts'
import type { TelegramRow } from './telegram-row.ts'

type Now = Pick<Lead, 'control' | 'control_until' | 'control_source' | 'opted_out_at'> &
  Where & { outdated: boolean; is_halted: boolean }

/** Where a message goes, and what counts of it there. `is_known`: the conversation itself has the account and the person. */
export type Where = Place & Spoken & { is_known: boolean }

/**
 * What changed since the message was queued; null: it may be sent. One that may have been sent already is not outdated by newer words, but
 * nobody is written to after an opt-out or under a human's hands, whatever came of the try before. While people have stopped all sending it waits.
 */
export async function reasonNotToSend(app: Ports<'db' | 'now'>, row: TelegramRow): Promise<Delivery | null> {
  return (await lookBeforeSending(app, row)).not
}

/** The same, with where the message goes. */
export async function lookBeforeSending(
  app: Ports<'db' | 'now'>,
  row: TelegramRow,
): Promise<{ not: Delivery | null; where: Where }> {
  const found = one(
    await app.db.query<Now>(
      `select c.id, c.account_id, coalesce(c.peer_id, l.telegram_user_id) as peer_id, c.peer_id is not null as is_known,
         m.author, l.disclosed_at is not null as told, t.kind,
         l.control, l.control_until, l.control_source, l.opted_out_at,
         exists (select from switches where name = 'telegram_halted' and is_on) as is_halted,
         t.kind <> 'first_touch' and t.decision -> 'sales' ->> 'action' = any($2) and exists (
           select from messages newer
           where newer.lead_id = m.lead_id and newer.direction = 'in'
             and (newer.id > coalesce(t.seen_message_id, 0) or newer.edited_at > t.seen_at or newer.deleted_at > t.seen_at)) as outdated
       from messages m
       join conversations c on c.id = m.conversation_id
       join leads l on l.id = m.lead_id
       left join turns t on t.id = m.turn_id
       where m.id = $1`,
      [row.payload.messageId, onlyWords],
    ),
  )
  const reason = whyNot(found, row.attempts, app.now())
  if (reason) return { not: { outcome: 'cancelled', reason }, where: found }
  return { not: found.is_halted ? halted(app) : null, where: found }
}

function whyNot(found: Now, attempts: number, now: Date): string | null {
  if (found.outdated && attempts === 1) return 'a newer message came in'
  if (found.author !== 'ai' || mayWrite(found, now)) return null
  // The words of a hand-over are the last ones that the assistant says.
  const handsOver = found.control === 'human' && found.control_source === 'decision' && !found.opted_out_at
  if (handsOver) return null
  return found.opted_out_at ? 'the lead opted out' : 'a human holds the conversation'
}
