import type { PoolClient } from 'pg'
import type { App } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction } from '../database/pool.ts'
import { bindTelegram } from '../leads/bind-telegram.ts'
import { findLeadOfAccount } from '../leads/find-lead-of-account.ts'
import { languageOfTag } from '../leads/guess-language.ts'
import { knowLanguage } from '../leads/know-lead.ts'
import { waitForCap } from '../leads/hourly-caps.ts'
import { lockLead } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { cancelOutdatedWords } from '../leads/stop-writing.ts'
import { tellOfStranger } from '../leads/tell-of-stranger.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { describeContent } from './describe-content.ts'
import { hearLead } from './hear-lead.ts'
import {
  fileKinds,
  type InboundAnswer,
  spokenKinds,
  type TelegramMessage,
} from '../telegram/telegram-message.ts'
import { noticeLoop } from './notice-loop.ts'
import { openConversation } from './open-conversation.ts'
import { recordDeletion, recordEdit } from './record-change.ts'
import { recordReaction } from './record-reaction.ts'

/**
 * Keeps one Telegram message in the conversation of its lead, once. The lead's words schedule the answer after a moment of
 * silence, or end the conversation. Words of the account that are not ours are a human's: the assistant falls silent.
 */
export async function recordInbound(app: App, message: TelegramMessage): Promise<InboundAnswer> {
  if (message.event === 'deleted') return recordDeletion(app, message)
  if (message.event === 'edited') return recordEdit(app, message)
  if (message.event === 'reacted') return recordReaction(app, message)
  const answer = await inTransaction(app.db, async (tx): Promise<InboundAnswer> => {
    const found = await findLeadOfAccount(tx, message)
    if (!found) {
      if (!message.outgoing) await tellOfStranger(app, tx, message)
      return 'nobody known'
    }
    const { leadId, bond } = found
    await lockLead(tx, leadId)
    // Bound to somebody else between the search and the lock.
    if (bond && !(await bindTelegram(tx, leadId, message.peerId, bond))) return 'ask again'
    const { id: conversationId } = await openConversation(tx, {
      leadId,
      accountId: message.accountId,
      peerId: message.peerId,
    })
    if (message.outgoing) return recordOwn(tx, leadId, conversationId, message)
    return recordTheirs(app, tx, leadId, conversationId, message)
  })
  app.wake.up('turns')
  return answer
}

async function recordTheirs(
  app: App,
  tx: PoolClient,
  leadId: number,
  conversationId: number,
  message: TelegramMessage,
): Promise<InboundAnswer> {
  const { rows: leads } = await tx.query<{ language: 'ru' | 'en' | null }>(
    'select language from leads where id = $1',
    [leadId],
  )
  const language = leads[0]?.language ?? app.business.language
  const content = describeContent(message, language)
  const text = [message.text, content].filter(Boolean).join('\n')
  const messageId = await keep(tx, leadId, conversationId, { ...message, text }, 'in', 'lead')
  if (messageId === null) return 'known before'
  await followAccount(tx, conversationId, message)
  await tx.query(
    `update leads set updated_at = now(),
       consented_at = coalesce(consented_at, case when disclosed_at is not null then now() end)
     where id = $1`,
    [leadId],
  )
  await audit(tx, {
    actor: 'lead',
    action: 'message.received',
    leadId,
    details: { messageId: message.messageId },
  })
  if (message.peerLanguage)
    await knowLanguage(tx, leadId, { language: languageOfTag(message.peerLanguage), source: 'telegram' })
  if (await hearLead(app, tx, leadId, message.text)) return 'kept'
  if (await noticeLoop(app, tx, leadId, { messageId, text })) return 'kept'
  await cancelOutdatedWords(tx, leadId)
  if (fileKinds.has(message.kind)) {
    await tx.query('insert into message_files (message_id, mime_type) values ($1, $2)', [
      messageId,
      message.media?.mimeType ?? null,
    ])
    const room = await waitForCap(app, tx, leadId, 'files')
    if (room) await tx.query('update message_files set run_at = $2 where message_id = $1', [messageId, room])
    app.wake.up('inbox')
    // What was said is known only after it was listened to: fetch-files.ts goes on from here.
    if (spokenKinds.has(message.kind) && !message.text) return 'kept'
    // Beyond the cap the conversation on the card has to be enough.
    if (!room) {
      await enqueue(tx, {
        leadId,
        turnId: null,
        channel: 'amocrm',
        key: `message:${messageId}:file`,
        payload: { kind: 'note', text: `Telegram: ${content}` },
      })
    }
  }
  const room = await waitForCap(app, tx, leadId, 'messages')
  if (room) {
    await answerWhenThereIsRoom(tx, leadId, room.getTime() - app.now().getTime())
    return 'kept'
  }
  const { debounceSec, debounceMaxSec } = app.business.conversation
  await scheduleTurn(tx, {
    leadId,
    kind: 'answer',
    quietMs: debounceSec * 1000,
    longestMs: debounceMaxSec * 1000,
  })
  return 'kept'
}

/** An answer that is due anyway takes these words in. */
async function answerWhenThereIsRoom(tx: PoolClient, leadId: number, waitMs: number): Promise<void> {
  const due = await tx.query(
    `select from turns where lead_id = $1 and state = 'pending' and kind = 'answer'`,
    [leadId],
  )
  if (due.rowCount) return
  const quietMs = Math.max(0, waitMs)
  await scheduleTurn(tx, { leadId, kind: 'answer', quietMs, longestMs: quietMs })
}

/** The conversation goes on where the lead wrote last: perhaps to another account of ours. */
const followAccount = (tx: PoolClient, conversationId: number, { accountId, peerId }: TelegramMessage) =>
  tx.query('update conversations set account_id = $2, peer_id = $3, updated_at = now() where id = $1', [
    conversationId,
    accountId,
    peerId,
  ])

async function recordOwn(
  tx: PoolClient,
  leadId: number,
  conversationId: number,
  message: TelegramMessage,
): Promise<InboundAnswer> {
  const known = await tx.query(
    `select from messages
     where conversation_id = $1 and account_id = $2 and peer_id = $3
       and (channel_message_id = $4 or $4 = any(part_message_ids))`,
    [conversationId, message.accountId, message.peerId, message.messageId],
  )
  if (known.rowCount) return 'known before'
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
  const ours = rows[0]
  // Cancelled after a try whose answer was lost: it had arrived after all.
  const isSettled = ours?.state === 'done' || ours?.state === 'cancelled'
  if (isSettled && !ours.whole) return 'known before'
  if (isSettled) {
    await tx.query(
      'update messages set channel_message_id = $2, account_id = $3, peer_id = $4 where id = $1',
      [ours.id, message.messageId, message.accountId, message.peerId],
    )
    return 'known before'
  }
  if (ours) return 'ask again'
  const text = [message.text, describeContent(message, 'ru')].filter(Boolean).join('\n')
  if ((await keep(tx, leadId, conversationId, { ...message, text }, 'out', 'human')) === null)
    return 'known before'
  await setControl(tx, leadId, {
    control: 'human',
    source: 'phone',
    by: 'human',
    reason: 'wrote to the lead from the phone',
  })
  return 'kept'
}

async function keep(
  tx: PoolClient,
  leadId: number,
  conversationId: number,
  message: TelegramMessage,
  direction: 'in' | 'out',
  author: 'lead' | 'human',
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
      direction,
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
