import type { PoolClient } from 'pg'
import type { Ports } from '../app.ts'
import { setControl } from '../leads/set-control.ts'
import { adoptWords } from '../restore/adopt-words.ts'
import type { InboundAnswer, TelegramMessage } from '../telegram/telegram-message.ts'
import { describeContent } from './describe-content.ts'
import { keepMessage } from './keep-message.ts'

type Place = { leadId: number; conversationId: number }

/**
 * Words of the account: our own come back from Telegram; all others are a human's, and the assistant falls silent. `adopted`: the id of words
 * that only a restore made strange.
 */
export async function recordOwnWords(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  place: Place,
  message: TelegramMessage,
): Promise<InboundAnswer | { adopted: number }> {
  if (await isKnown(tx, place, message)) return 'known before'
  const adopted = message.automatic ? null : await adoptWords(app, tx, place, message)
  if (adopted) return adopted.messageId === null ? 'known before' : { adopted: adopted.messageId }
  const ours = await recogniseOurs(tx, place, message)
  if (ours) return ours
  const text = [message.text, describeContent(message, 'ru')].filter(Boolean).join('\n')
  const author = message.automatic ? 'system' : 'human'
  const kept = await keepMessage(tx, { ...place, author }, { ...message, text })
  if (kept === null) return 'known before'
  // An away message, a greeting, or words that were timed before: nobody is at the phone.
  if (message.automatic) return 'kept'
  await setControl(tx, place.leadId, {
    control: 'human',
    source: 'phone',
    by: 'human',
    reason: 'wrote to the lead from the phone',
  })
  return 'kept'
}

async function isKnown(
  tx: PoolClient,
  { conversationId }: Place,
  message: TelegramMessage,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from messages
     where conversation_id = $1 and account_id = $2 and peer_id = $3
       and (channel_message_id = $4 or $4 = any(part_message_ids))`,
    [conversationId, message.accountId, message.peerId, message.messageId],
  )
  return rowCount !== 0
}

/** Notes the message's id with words of ours that have none yet. @returns null when they are not ours */
async function recogniseOurs(
  tx: PoolClient,
  { conversationId }: Place,
  message: TelegramMessage,
): Promise<'known before' | 'ask again' | null> {
  // Words of ours whose id we never heard: they are on their way, or the answer to the send was lost.
  const { rows } = await tx.query<{ id: number; state: string; whole: boolean }>(
    `select m.id, o.state, m.text = $2 as whole from messages m
     join outbox o on o.channel = 'telegram' and o.message_id = m.id
     where m.conversation_id = $1 and m.direction = 'out' and (m.channel_message_id is null or o.state = 'sending')
       and (m.text = $2 or (length(m.text) > 3900 and position($2 in m.text) > 0))
       and o.state in ('pending', 'sending', 'done', 'cancelled')
     order by o.state in ('done', 'cancelled') desc, m.id limit 1`,
    [conversationId, message.text],
  )
  const [ours] = rows
  if (!ours) return null
  // Cancelled after a try whose answer was lost: it had arrived after all.
  const isSettled = ours.state === 'done' || ours.state === 'cancelled'
  if (!isSettled) return 'ask again'
  if (ours.whole)
    await tx.query(
      'update messages set channel_message_id = $2, account_id = $3, peer_id = $4 where id = $1',
      [ours.id, message.messageId, message.accountId, message.peerId],
    )
  return 'known before'
}
