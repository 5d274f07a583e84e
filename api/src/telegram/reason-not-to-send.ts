import { onlyWords } from '@lead/contract'
import type { Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { type Lead, mayWrite } from '../leads/lead.ts'
import type { Delivery } from '../outbox/deliver.ts'
import { halted } from './halt.ts'
import type { TelegramRow } from './telegram-row.ts'

type Now = Pick<Lead, 'control' | 'control_until' | 'control_source' | 'opted_out_at'> & {
  author: string
  outdated: boolean
  is_halted: boolean
}

/**
 * What changed since the message was queued; null: it may be sent. One that may have been sent already is not outdated by newer words, but
 * nobody is written to after an opt-out or under a human's hands, whatever came of the try before. While people have stopped all sending it waits.
 */
export async function reasonNotToSend(app: Ports<'db' | 'now'>, row: TelegramRow): Promise<Delivery | null> {
  const found = one(
    await app.db.query<Now>(
      `select m.author, l.control, l.control_until, l.control_source, l.opted_out_at,
         exists (select from switches where name = 'telegram_halted' and is_on) as is_halted,
         t.id is not null and exists (
           select from messages newer
           where newer.lead_id = m.lead_id and newer.direction = 'in'
             and (newer.id > coalesce(t.seen_message_id, 0) or newer.edited_at > t.seen_at or newer.deleted_at > t.seen_at)) as outdated
       from messages m
       join leads l on l.id = m.lead_id
       left join turns t on t.id = m.turn_id and t.kind <> 'first_touch'
         and t.decision -> 'sales' ->> 'action' = any($2)
       where m.id = $1`,
      [row.payload.messageId, onlyWords],
    ),
  )
  const reason = whyNot(found, row.attempts, app.now())
  if (reason) return { outcome: 'cancelled', reason }
  return found.is_halted ? halted(app) : null
}

function whyNot(found: Now, attempts: number, now: Date): string | null {
  if (found.outdated && attempts === 1) return 'a newer message came in'
  if (found.author !== 'ai' || mayWrite(found, now)) return null
  // The words of a hand-over are the last ones that the assistant says.
  const handsOver = found.control === 'human' && found.control_source === 'decision' && !found.opted_out_at
  if (handsOver) return null
  return found.opted_out_at ? 'the lead opted out' : 'a human holds the conversation'
}
