import type { PoolClient } from 'pg'
import type { TelegramMessage } from '../telegram/telegram-message.ts'

/** Puts a message of Telegram into its conversation. @returns its id; null when it was there before */
export async function keepMessage(
  tx: PoolClient,
  {
    leadId,
    conversationId,
    author,
  }: { leadId: number; conversationId: number; author: 'lead' | 'ai' | 'human' | 'system' },
  message: TelegramMessage,
): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, sent_at, account_id,
                           peer_id, kind, media, reply_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (conversation_id, account_id, peer_id, channel_message_id) where channel_message_id is not null do nothing
     returning id`,
    [
      conversationId,
      leadId,
      author === 'lead' ? 'in' : 'out',
      author,
      message.text,
      message.messageId,
      message.sentAt,
      message.accountId,
      message.peerId,
      message.kind,
      message.media,
      message.replyTo,
    ],
  )
  return rows[0]?.id ?? null
}
