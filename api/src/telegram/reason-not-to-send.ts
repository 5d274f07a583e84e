import { onlyWords } from '@lead/contract'
import type { Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { findLead, mayWrite, requireLead } from '../leads/lead.ts'
import type { TelegramRow } from './telegram-row.ts'

/**
 * What changed since the message was queued. One that may have been sent already is not outdated by newer words, but nobody is
 * written to after an opt-out or under a human's hands, whatever came of the try before.
 */
export async function reasonNotToSend(app: Ports<'db' | 'now'>, row: TelegramRow): Promise<string | null> {
  const lead = await requireLead(findLead(app.db, row.lead_id))
  const { author, outdated } = one(
    await app.db.query<{ author: string; outdated: boolean }>(
      `select m.author, t.id is not null and exists (
         select from messages newer
         where newer.lead_id = m.lead_id and newer.direction = 'in'
           and (newer.id > coalesce(t.seen_message_id, 0) or newer.edited_at > t.seen_at or newer.deleted_at > t.seen_at)) as outdated
       from messages m
       left join turns t on t.id = m.turn_id and t.kind <> 'first_touch'
         and t.decision -> 'sales' ->> 'action' = any($2)
       where m.id = $1`,
      [row.payload.messageId, onlyWords],
    ),
  )
  if (outdated && row.attempts === 1) return 'a newer message came in'
  if (author === 'ai' && !mayWrite(lead, app.now())) {
    // The words of a hand-over are the last ones that the assistant says.
    const handsOver = lead.control === 'human' && lead.control_source === 'decision' && !lead.opted_out_at
    if (!handsOver) return lead.opted_out_at ? 'the lead opted out' : 'a human holds the conversation'
  }
  return null
}
