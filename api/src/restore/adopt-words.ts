import type { PoolClient } from 'pg'
import type { Ports } from '../app.ts'
import { keepMessage } from '../conversations/keep-message.ts'
import { dropDrafts } from '../drafts/draft.ts'
import { findLead, requireLead } from '../leads/lead.ts'
import type { TelegramMessage } from '../telegram/telegram-message.ts'
import { setNextNudge } from '../turns/set-timers.ts'
import { noteFinding } from './note-finding.ts'
import { type Restore, restoreThatForgot } from './restore-window.ts'

type Place = { leadId: number; conversationId: number }
/** `messageId` null: it was known. */
type Adopted = { messageId: number | null }

/**
 * Words of the account that a restored database has forgotten are the assistant's own, and silence nobody: it said most of them. Where the
 * replaced database could be read, what it did not know as the assistant's is a human's. Where nobody knows, a person is asked to look.
 * @returns null when they are no such words
 */
export async function adoptWords(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  place: Place,
  message: TelegramMessage,
): Promise<Adopted | null> {
  const restore = await restoreThatForgot(tx, new Date(message.sentAt))
  if (!restore) return null
  const { rows } = await tx.query<{ author: string }>(
    `select author from restore_sends where account_id = $1 and peer_id = $2
       and (message_id = $3 or words = $4 or (length(words) >= 20 and position(words in $4) > 0))
     order by message_id = $3 desc limit 1`,
    [message.accountId, message.peerId, message.messageId, message.text],
  )
  const knownAuthor = rows[0]?.author
  const lead = await requireLead(findLead(tx, place.leadId))
  if (knownAuthor === 'human' || (knownAuthor === undefined && lead.control === 'human')) return null
  const queued = await findQueued(tx, place, message)
  if (knownAuthor === undefined && queued === null && restore.old_was_read) return null
  const messageId = queued
    ? await settleQueued(tx, queued, message)
    : await keepMessage(tx, { ...place, author: knownAuthor === 'system' ? 'system' : 'ai' }, message)
  if (messageId === null) return { messageId: null }
  await noteDisclosure(app, tx, place.leadId, message)
  const isSure = knownAuthor !== undefined || queued !== null
  const finding = { ref: `message:${messageId}:${message.messageId}`, leadId: place.leadId, messageId }
  await noteFinding(tx, restore.id, {
    ...finding,
    kind: isSure ? 'message' : 'check',
    detail: isSure
      ? 'our account said it'
      : "our account said it, and it was taken as the assistant's: if a human of yours wrote it by hand, take the lead over",
  })
  if (knownAuthor === 'ai' && lead.control !== 'ai')
    await noteFinding(tx, restore.id, {
      ...finding,
      kind: 'check',
      detail:
        'the assistant had the lead when it said this; by the dump it does not: give the lead back to it',
    })
  await endAnswered(app, tx, place, message, { restore, queued })
  return { messageId }
}

type Queued = { outbox_id: number; message_id: number; text: string; first: boolean }

/** Words of ours that the dump still had to send: the same, with more around them, or one part of them. */
async function findQueued(
  tx: PoolClient,
  { conversationId }: Place,
  { text }: TelegramMessage,
): Promise<Queued | null> {
  const { rows } = await tx.query<Queued>(
    `select o.id as outbox_id, m.id as message_id, m.text, m.channel_message_id is null as first
     from messages m join outbox o on o.channel = 'telegram' and o.message_id = m.id
     where m.conversation_id = $1 and m.direction = 'out' and m.text <> ''
       and ((m.channel_message_id is null and (m.text = $2 or (length(m.text) >= 20 and position(m.text in $2) > 0)))
         or (length(m.text) > 3900 and position($2 in m.text) > 0))
       and o.state <> 'dead'
     order by m.text = $2 desc, m.id limit 1`,
    [conversationId, text],
  )
  return rows[0] ?? null
}

/** It was delivered; what was added at the delivery is in it. */
async function settleQueued(
  tx: PoolClient,
  { outbox_id: outboxId, message_id: messageId, text, first }: Queued,
  message: TelegramMessage,
): Promise<number> {
  if (first)
    await tx.query(
      `update messages set channel_message_id = $2, account_id = $3, peer_id = $4, sent_at = $5, text = $6 where id = $1`,
      [
        messageId,
        message.messageId,
        message.accountId,
        message.peerId,
        message.sentAt,
        text.length > message.text.length ? text : message.text,
      ],
    )
  else
    await tx.query(
      `update messages set part_message_ids = array_append(part_message_ids, $2::bigint)
       where id = $1 and not $2::bigint = any(part_message_ids)`,
      [messageId, message.messageId],
    )
  await tx.query(
    `update outbox set state = 'done', finished_at = now(), lease_until = null, last_error = 'sent before the restore',
       result = jsonb_build_object('telegramMessageId', $2::bigint)
     where id = $1 and state <> 'done'`,
    [outboxId, message.messageId],
  )
  return messageId
}

/** Whether these words told that an assistant writes; else the next ones do. */
async function noteDisclosure(
  app: Ports<'business'>,
  tx: PoolClient,
  leadId: number,
  { text, sentAt }: TelegramMessage,
): Promise<void> {
  const plain = (words: string) => words.replaceAll(/\s+/g, ' ').toLowerCase()
  if (Object.values(app.business.company.disclosure).some((told) => plain(text).includes(plain(told))))
    await tx.query('update leads set disclosed_at = coalesce(disclosed_at, $2) where id = $1', [
      leadId,
      sentAt,
    ])
}

/**
 * Whatever was to be thought or said before these words is over, unless the lead spoke after them: it would be said twice. The lead is
 * nudged on silence as after any words of ours.
 */
async function endAnswered(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  { leadId }: Place,
  { accountId, peerId, messageId }: TelegramMessage,
  { restore, queued }: { restore: Restore; queued: Queued | null },
): Promise<void> {
  const newer = await tx.query(
    `select from messages where lead_id = $1 and account_id = $2 and peer_id = $3 and direction = 'in'
       and channel_message_id > $4 limit 1`,
    [leadId, accountId, peerId, messageId],
  )
  if (newer.rowCount) return
  const reason = 'answered before the restore'
  await tx.query(
    `update turns set state = 'superseded', finished_at = now(), lease_until = null, held_by = null, last_error = $2
     where lead_id = $1 and state in ('pending', 'running')
       and (state = 'running' or kind in ('answer', 'first_touch') or run_at <= $3)`,
    [leadId, reason, restore.restored_at],
  )
  // A row keeps its number in Telegram: what went out is not shown again. But these may not have, and are overtaken now.
  await tx.query(
    `update outbox o set state = 'cancelled', finished_at = now(), lease_until = null, last_error = $2
     from messages m
     where m.id = o.message_id and o.channel = 'telegram' and o.lead_id = $1 and o.state in ('pending', 'sending')
       and m.author in ('ai', 'system') and ($3::bigint is null or o.id < $3)`,
    [leadId, reason, queued?.outbox_id ?? null],
  )
  await dropDrafts(tx, leadId, reason)
  await setNextNudge(app, tx, await requireLead(findLead(tx, leadId)))
}
