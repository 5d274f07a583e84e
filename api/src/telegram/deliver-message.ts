import type { App } from '../app.ts'
import { faultPoint } from '../fault-point.ts'
import { findLead, mayWrite } from '../leads/lead.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { one } from '../database/pool.ts'
import type { Delivery, OutboxRow } from '../outbox/deliver.ts'
import type { TelegramPayload } from '../outbox/enqueue.ts'
import { taskForClosedWindow } from '../turns/closed-window.ts'
import type { Peer, Place, Sent } from './messenger.ts'
import { MessengerError, type MessengerFailure } from './messenger-error.ts'

/** Typing lasts as long as a quick typist needs, within reason. */
const typingMs = (text: string) => Math.min(4000, 600 + text.length * 12)

/**
 * Sends one message: reads the chat, types for a moment, sends. Each message has a key made from its outbox row, so that however
 * often this is repeated, the person sees the message once.
 */
export async function deliverMessage(app: App, row: OutboxRow<TelegramPayload>): Promise<Delivery> {
  if (app.telegram.ready().length === 0)
    return { outcome: 'later', reason: 'no Telegram account is online', delayMs: 2000 }
  const reason = await reasonNotToSend(app, row)
  if (reason) return { outcome: 'cancelled', reason }
  try {
    return await send(app, row)
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error
    return judgeFailure(app, row, error)
  }
}

/** What changed since the message was queued. A message that may have been sent already is always finished. */
async function reasonNotToSend(app: App, row: OutboxRow<TelegramPayload>): Promise<string | null> {
  if (row.attempts > 1) return null
  const lead = (await findLead(app.db, row.lead_id))!
  const { author, outdated } = one(
    await app.db.query<{ author: string; outdated: boolean }>(
      `select m.author, t.id is not null and exists (
         select from messages newer
         where newer.lead_id = m.lead_id and newer.direction = 'in' and newer.id > coalesce(t.seen_message_id, 0)) as outdated
       from messages m
       left join turns t on t.id = m.turn_id and t.kind <> 'first_touch'
         and t.decision -> 'sales' ->> 'action' in ('talk', 'offer_times')
       where m.id = $1`,
      [row.payload.messageId],
    ),
  )
  if (outdated) return 'a newer message came in'
  if (author === 'ai' && !mayWrite(lead, app.now())) {
    // The words of a hand-over are the last ones that the seller says.
    const handsOver = lead.control === 'human' && lead.control_by === 'ai' && !lead.opted_out_at
    if (!handsOver) return lead.opted_out_at ? 'the lead opted out' : 'a human holds the conversation'
  }
  return null
}

async function send(app: App, row: OutboxRow<TelegramPayload>): Promise<Delivery> {
  const { messageId, text } = row.payload
  const lead = (await findLead(app.db, row.lead_id))!
  const conversation = one(
    await app.db.query<Place>(
      `select c.id, c.account_id, coalesce(c.peer_id, $2) as peer_id
       from conversations c join messages m on m.conversation_id = c.id where m.id = $1`,
      [messageId, lead.telegram_user_id],
    ),
  )
  const reached = await app.telegram.reach(lead, conversation)
  if ('unreachable' in reached && reached.unreachable === 'window-closed')
    return windowClosed(app, row, reached.detail)
  if ('unreachable' in reached) return cannotReach(app, row, reached.detail)
  if ('wait' in reached) {
    const delayMs = Math.max(0, reached.until.getTime() - app.now().getTime())
    return { outcome: 'later', reason: reached.detail, delayMs }
  }
  await app.db.query('update conversations set account_id = $2, peer_id = $3 where id = $1', [
    conversation.id,
    reached.accountId,
    reached.peerId,
  ])

  await app.telegram.markRead(reached)
  await app.telegram.typing(reached)
  await new Promise((resolve) => setTimeout(resolve, typingMs(text)))
  // Typing takes seconds: long enough for the person to say more, or for a human to step in.
  const late = await reasonNotToSend(app, row)
  if (late) return { outcome: 'cancelled', reason: late }
  const sent = await app.telegram.sendText(reached, text, `${row.id}:0`)
  faultPoint('telegram.sent')
  await noteDelivered(app, messageId, reached, sent)
  return { outcome: 'done', result: { telegramMessageId: sent.messageId } }
}

const noteDelivered = (app: App, messageId: number, peer: Peer, sent: Sent) =>
  app.db.query(
    `update messages set channel_message_id = coalesce($2, channel_message_id), sent_at = $3, account_id = $4, peer_id = $5
     where id = $1`,
    [messageId, sent.messageId, sent.at ?? app.now(), peer.accountId, peer.peerId],
  )

const deadEnds: MessengerFailure[] = [
  'peer-flood',
  'privacy',
  'premium-needed',
  'paid-messages',
  'deactivated',
  'not-a-person',
  'not-found',
  'write-forbidden',
]

async function judgeFailure(
  app: App,
  row: OutboxRow<TelegramPayload>,
  failure: MessengerError,
): Promise<Delivery> {
  const reason = failure.message
  if (failure.code === 'flood-wait')
    return { outcome: 'later', reason, delayMs: (failure.retryAfterMs ?? 0) + 1000 }
  if (failure.code === 'blocked') {
    await app.db.query('update leads set opted_out_at = coalesce(opted_out_at, now()) where id = $1', [
      row.lead_id,
    ])
    return cannotReach(app, row, 'The person blocked our account')
  }
  if (failure.code === 'window-closed') return windowClosed(app, row, reason)
  if (failure.code === 'unknown') return cannotReach(app, row, `unknown: ${reason}`)
  if (failure.code === 'bad-message') return { outcome: 'never', reason }
  if (deadEnds.includes(failure.code)) return cannotReach(app, row, reason)
  return { outcome: 'later', reason }
}

/** Nothing is wrong with the lead, only with the time: the seller goes on when they write, and a human has the task. */
async function windowClosed(app: App, row: OutboxRow<TelegramPayload>, detail: string): Promise<Delivery> {
  const lead = (await findLead(app.db, row.lead_id))!
  await taskForClosedWindow(app, app.db, lead, {
    key: `outbox:${row.id}:window-closed`,
    detail,
    turnId: row.turn_id,
    unsaid: row.payload.text,
  })
  return { outcome: 'never', reason: `window closed: ${detail}` }
}

async function cannotReach(app: App, row: OutboxRow<TelegramPayload>, reason: string): Promise<Delivery> {
  if (row.turn_id !== null) {
    await handOverToHuman(app.db, row.lead_id, {
      turnId: row.turn_id,
      by: 'system',
      reason: `Telegram: ${reason}`,
    })
    app.wake.up('amocrm')
  }
  return { outcome: 'never', reason }
}
