import type { App } from '../app.ts'
import { audit } from '../audit.ts'
import { inTransaction } from '../database/pool.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { openConversation } from './open-conversation.ts'

export type TelegramMessage = {
  accountId: string
  peerId: number
  peerUsername: string | null
  peerPhone: string | null
  messageId: number
  /** True for what the account itself wrote, from any device. */
  outgoing: boolean
  text: string
  /** ISO instant. */
  sentAt: string
}

/**
 * Keeps one Telegram message in the conversation of its lead, once. The lead's words schedule the answer, after a moment of
 * silence.
 * @returns false when nobody knows this person
 */
export async function recordInbound(app: App, message: TelegramMessage): Promise<boolean> {
  const known = await inTransaction(app.db, async (tx) => {
    const { rows } = await tx.query<{ lead_id: number }>(
      `select lead_id from conversations where channel = 'telegram' and account_id = $1 and peer_id = $2
       union all
       select id from leads
       where telegram_user_id = $2 or lower(telegram_username) = lower($3) or phone = $4
       order by 1 desc limit 1`,
      [message.accountId, message.peerId, message.peerUsername, message.peerPhone],
    )
    const leadId = rows[0]?.lead_id
    if (leadId === undefined) return false
    const conversation = await openConversation(tx, { leadId, accountId: message.accountId, peerId: message.peerId })
    const { rowCount } = await tx.query(
      `insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, sent_at)
       values ($1, $2, 'in', 'lead', $3, $4, $5)
       on conflict (conversation_id, channel_message_id) where channel_message_id is not null do nothing`,
      [conversation.id, leadId, message.text, message.messageId, message.sentAt],
    )
    if (!rowCount) return true
    await tx.query('update leads set telegram_user_id = $2, updated_at = now() where id = $1', [leadId, message.peerId])
    await audit(tx, { actor: 'lead', action: 'message.received', leadId, details: { messageId: message.messageId } })
    const { debounceSec, debounceMaxSec } = app.business.conversation
    await scheduleTurn(tx, {
      leadId,
      kind: 'answer',
      quietMs: debounceSec * 1000,
      longestMs: debounceMaxSec * 1000,
    })
    return true
  })
  app.wake.up('turns')
  return known
}
