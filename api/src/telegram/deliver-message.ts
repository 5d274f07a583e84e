import { createHash } from 'node:crypto'
import { Long, type TelegramClient, tl } from '@mtcute/node'
import type { App } from '../app.ts'
import { faultPoint } from '../fault-point.ts'
import { findLead, mayWrite } from '../leads/lead.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { one } from '../database/pool.ts'
import type { Delivery, OutboxRow } from '../outbox/deliver.ts'
import type { TelegramPayload } from '../outbox/enqueue.ts'
import { reachLead } from './reach-lead.ts'

const callMs = 30_000
/** Typing lasts as long as a quick typist needs, within reason. */
const typingMs = (text: string) => Math.min(4000, 600 + text.length * 12)

/**
 * Sends one message: reads the chat, types for a moment, sends. The random id is made from the outbox row, so that however
 * often this is repeated, the person sees the message once.
 */
export async function deliverMessage(app: App, row: OutboxRow<TelegramPayload>): Promise<Delivery> {
  const client = app.telegram.online()
  if (!client) return { outcome: 'later', reason: 'the Telegram account is not online', delayMs: 2000 }
  const reason = await reasonNotToSend(app, row)
  if (reason) return { outcome: 'cancelled', reason }
  try {
    return await send(app, client, row)
  } catch (error) {
    if (!tl.RpcError.is(error)) throw error
    return judgeError(app, row, error)
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

async function send(app: App, client: TelegramClient, row: OutboxRow<TelegramPayload>): Promise<Delivery> {
  const { messageId, text } = row.payload
  const lead = (await findLead(app.db, row.lead_id))!
  const conversation = one(
    await app.db.query<{ id: number; peer_id: number | null }>(
      'select c.id, c.peer_id from conversations c join messages m on m.conversation_id = c.id where m.id = $1',
      [messageId],
    ),
  )
  const reached = await reachLead(client, lead, conversation.peer_id ?? lead.telegram_user_id)
  if ('unreachable' in reached) return cannotReach(app, row, reached.unreachable)
  await app.db.query('update conversations set peer_id = $2 where id = $1', [conversation.id, reached.peerId])

  await client.readHistory(reached.peerId)
  await client.setTyping({ peerId: reached.peerId, status: 'typing' })
  await new Promise((resolve) => setTimeout(resolve, typingMs(text)))
  // Typing takes seconds: long enough for the person to say more, or for a human to step in.
  const late = await reasonNotToSend(app, row)
  if (late) return { outcome: 'cancelled', reason: late }
  const sent = await client.sendText(reached.peerId, text, {
    randomId: randomId(app.telegram.accountId, row.id),
    disableWebPreview: true,
    abortSignal: AbortSignal.timeout(callMs),
  })
  faultPoint('telegram.sent')
  await noteDelivered(app, messageId, sent.id, sent.date)
  return { outcome: 'done', result: { telegramMessageId: sent.id } }
}

const noteDelivered = (app: App, messageId: number, telegramId: number | null, at: Date) =>
  app.db.query(
    'update messages set channel_message_id = coalesce($2, channel_message_id), sent_at = $3 where id = $1',
    [messageId, telegramId, at],
  )

/** The first 8 bytes of a hash, as Telegram's signed 64-bit number; never 0. */
function randomId(accountId: string, outboxId: number): Long {
  const hash = createHash('sha256').update(`tg:${accountId}:${outboxId}:0`).digest()
  const id = Long.fromBytesBE([...hash.subarray(0, 8)], false)
  return id.isZero() ? Long.ONE : id
}

/** PEER_FLOOD: the account may not write to strangers now. Trying again is how accounts get banned. */
const deadEnds = [
  'PEER_FLOOD',
  'USER_PRIVACY_RESTRICTED',
  'PRIVACY_PREMIUM_REQUIRED',
  'INPUT_USER_DEACTIVATED',
  'USER_IS_BOT',
  'CHAT_WRITE_FORBIDDEN',
  'YOU_BLOCKED_USER',
]

async function judgeError(app: App, row: OutboxRow<TelegramPayload>, error: tl.RpcError): Promise<Delivery> {
  if (error.text === 'RANDOM_ID_DUPLICATE') {
    await noteDelivered(app, row.payload.messageId, null, app.now())
    return { outcome: 'done', result: { duplicate: true } }
  }
  if (tl.RpcError.is(error, 'FLOOD_WAIT_%d')) {
    return { outcome: 'later', reason: error.text, delayMs: (error.seconds + 1) * 1000 }
  }
  if (error.text === 'USER_IS_BLOCKED') {
    await app.db.query('update leads set opted_out_at = coalesce(opted_out_at, now()) where id = $1', [
      row.lead_id,
    ])
    return cannotReach(app, row, 'The person blocked our account')
  }
  if (deadEnds.includes(error.text) || error.text.startsWith('ALLOW_PAYMENT_REQUIRED'))
    return cannotReach(app, row, error.text)
  return { outcome: 'later', reason: error.text }
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
