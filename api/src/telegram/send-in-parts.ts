import { setTimeout as sleep } from 'node:timers/promises'
import type { App, Ports } from '../app.ts'
import { faultPoint } from '../process/fault-point.ts'
import { noteContacted } from '../leads/note-contacted.ts'
import type { Delivery } from '../outbox/deliver.ts'
import { type Disclosed, noteDisclosed } from './disclose.ts'
import type { Peer, Sent } from './messenger.ts'
import { takeAction } from './pace/take-action.ts'
import { reasonNotToSend } from './reason-not-to-send.ts'
import { splitText } from './split-text.ts'
import type { TelegramRow } from './telegram-row.ts'
import { typeFor } from './type-for.ts'

/** Telegram names 30 a second as what a bot may send. */
const botMessagesPerMinute = 1200

/** Reads the chat, types for a while, sends; a long text in parts, each with a key of its own made from the row. */
export async function sendInParts(
  app: App,
  row: TelegramRow,
  peer: Peer,
  { text, isTold }: Disclosed,
): Promise<Delivery> {
  const parts = splitText(text)
  await app.telegram.markRead(peer)
  const first = await takePace(app, peer)
  if (first) return first
  let sent: Sent = { messageId: null, at: null }
  for (const [number, part] of parts.entries()) {
    if (number > 0) {
      const pause = await takePace(app, peer)
      if (pause) await sleep(Math.max(0, pause.until.getTime() - app.now().getTime()))
    }
    await typeFor(app, peer, part)
    // Typing takes seconds: long enough for the person to say more, or for a human to step in. Half a text is worse than a late one.
    if (number === 0) {
      const late = await reasonNotToSend(app, row)
      if (late) return late
    }
    const done = await app.telegram.sendText(peer, part, `${row.id}:${number}`)
    if (number === 0) sent = done
    else await notePart(app, row.payload.messageId, done)
  }
  faultPoint('telegram.sent')
  await noteDelivered(app, row.payload.messageId, peer, sent)
  if (!isTold) await noteDisclosed(app, row.payload.messageId)
  await noteContacted(app, row.payload.messageId)
  return { outcome: 'done', result: { telegramMessageId: sent.messageId } }
}

async function takePace(app: App, peer: Peer): Promise<Extract<Delivery, { outcome: 'wait' }> | null> {
  if (!app.config.telegramPaceOn) return null
  const until = await takeAction(app.db, peer.accountId, app.now(), {
    kind: 'send',
    most:
      app.config.telegram.mode === 'userbot' ? app.business.telegram.answersPerMinute : botMessagesPerMinute,
    windowMs: 60_000,
    gapMs: 1000,
    peerId: peer.peerId,
  })
  return until && { outcome: 'wait', reason: 'the account has sent much in the last minute', until }
}

const noteDelivered = (app: Ports<'db' | 'now'>, messageId: number, peer: Peer, sent: Sent) =>
  app.db.query(
    `update messages set channel_message_id = coalesce($2, channel_message_id), sent_at = $3, account_id = $4, peer_id = $5
     where id = $1`,
    [messageId, sent.messageId, sent.at ?? app.now(), peer.accountId, peer.peerId],
  )

/** The further parts of a long text are known by their ids, so that their echo is not taken for a human's words. */
const notePart = (app: Ports<'db'>, messageId: number, sent: Sent) =>
  app.db.query(
    `update messages set part_message_ids = array_append(part_message_ids, $2::bigint)
     where id = $1 and $2::bigint is not null and not $2::bigint = any(part_message_ids)`,
    [messageId, sent.messageId],
  )
