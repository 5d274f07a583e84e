import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction } from '../database/pool.ts'
import { type Language, lockLead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { answerSoon } from '../turns/answer-soon.ts'
import { hearLead } from './hear-lead.ts'
import { meaningChanged } from './meaning-changed.ts'
import { captionOf, describedPart } from './describe-content.ts'
import type { InboundAnswer, TelegramMessage } from '../telegram/telegram-message.ts'

type Changed = {
  id: number
  lead_id: number
  text: string
  kind: TelegramMessage['kind']
  transcript: string | null
  language: Language | null
  answered: boolean
}

/**
 * The lead changed their words: an answer that is still to come sees the new ones. When they were answered already, a human is
 * told, and they are answered anew if they mean something else now. Words that end the conversation count as if they were new.
 */
export const recordEdit = (app: Ports<'business' | 'db'>, message: TelegramMessage): Promise<InboundAnswer> =>
  inTransaction(app.db, async (tx) => {
    const { rows: named } = await tx.query<{ id: number; lead_id: number }>(
      `select id, lead_id from messages
       where account_id = $1 and peer_id = $2 and channel_message_id = $3 and direction = 'in'`,
      [message.accountId, message.peerId, message.messageId],
    )
    const [found] = named
    if (!found) return 'nobody known'
    await lockLead(tx, found.lead_id)
    const { rows } = await tx.query<Changed>(
      `select m.id, m.lead_id, m.text, m.kind, f.transcript, l.language,
              exists (select from messages later where later.lead_id = m.lead_id and later.direction = 'out' and later.id > m.id)
                as answered
       from messages m join leads l on l.id = m.lead_id left join message_files f on f.message_id = m.id
       where m.id = $1
       for update of m`,
      [found.id],
    )
    const old = rows[0]
    if (!old) return 'nobody known'
    // What came with the words stays, and what was spoken.
    const before = captionOf(old, old.transcript)
    if (before === message.text) return 'known before'
    const now = [old.transcript, message.text, describedPart(old.text, old.kind)].filter(Boolean).join('\n')
    await tx.query(
      `update messages set text = $2, edited_at = clock_timestamp(), original_text = coalesce(original_text, text) where id = $1`,
      [old.id, now],
    )
    const language = old.language ?? app.business.language
    await audit(tx, {
      actor: 'lead',
      action: 'message.edited',
      leadId: old.lead_id,
      details: { messageId: old.id },
    })
    if (await hearLead(app, tx, old.lead_id, message.text)) return 'kept'
    const meansOther = meaningChanged(before, message.text)
    // A thought about the old words is thrown away when it is journaled.
    if (!old.answered || meansOther) await answerSoon(app, tx, old.lead_id)
    if (old.answered) {
      const text = texts[language].card.edited({ before, now: message.text })
      await enqueue(tx, {
        leadId: old.lead_id,
        turnId: null,
        channel: 'amocrm',
        key: `message:${old.id}:edited:${Date.now()}`,
        payload: { kind: 'note', text },
      })
    }
    return 'kept'
  })

/** The lead took a message back: it is marked, no model sees it any more, and what else they wrote is thought about anew. */
export const recordDeletion = (
  app: Ports<'business' | 'db'>,
  message: TelegramMessage,
): Promise<InboundAnswer> =>
  inTransaction(app.db, async (tx) => {
    const { rows: named } = await tx.query<{ id: number; lead_id: number }>(
      `select id, lead_id from messages where account_id = $1 and channel_message_id = $2 and direction = 'in'`,
      [message.accountId, message.messageId],
    )
    const [found] = named
    if (!found) return 'nobody known'
    await lockLead(tx, found.lead_id)
    const { rowCount } = await tx.query(
      'update messages set deleted_at = clock_timestamp() where id = $1 and deleted_at is null',
      [found.id],
    )
    if (rowCount === 0) return 'known before'
    await audit(tx, {
      actor: 'lead',
      action: 'message.deleted',
      leadId: found.lead_id,
      details: { messageId: found.id },
    })
    const { rowCount: isThoughtAbout } = await tx.query(
      `select from turns where lead_id = $1 and state = 'running' and decision is null and seen_message_id >= $2`,
      [found.lead_id, found.id],
    )
    if (isThoughtAbout) await answerSoon(app, tx, found.lead_id)
    return 'kept'
  })
