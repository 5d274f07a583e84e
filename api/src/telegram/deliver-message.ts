import { setTimeout as sleep } from 'node:timers/promises'
import { formatSlot } from '@lead/scheduling'
import type { App } from '../app.ts'
import { audit } from '../audit.ts'
import { inTransaction, one } from '../database/pool.ts'
import { faultPoint } from '../fault-point.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { findLead, type Lead, mayWrite } from '../leads/lead.ts'
import { optOut } from '../leads/stop-writing.ts'
import { enqueue, type TelegramPayload } from '../outbox/enqueue.ts'
import type { Delivery, OutboxRow } from '../outbox/deliver.ts'
import { taskForClosedWindow } from '../turns/closed-window.ts'
import { unreachableText, waitText } from './describe.ts'
import { noteDisclosed, withDisclosure } from './disclose.ts'
import { isHalted } from './halt.ts'
import { MessengerError, type MessengerFailure } from './messenger-error.ts'
import type { Peer, Place, Reach, Sent } from './messenger.ts'
import { setPause } from './pace/pause.ts'
import { takeAction } from './pace/take-action.ts'
import { forgetDialog } from './pace/take-dialog.ts'
import { splitText } from './split-text.ts'

type Row = OutboxRow<TelegramPayload>

const typingShownMs = 5000
/** A lead that waits longer than this is told of on the card. */
const longWaitMs = 15 * 60_000
const limitedMs = 24 * 3_600_000
/** Telegram names 30 a second as what a bot may send. */
const botMessagesPerMinute = 1200

const isPersons = (app: App) => app.config.telegram.mode === 'userbot'

/**
 * Sends one message: reads the chat, types for a while, sends; a long one in parts. Each part has a key made from its outbox
 * row, so that however often this is repeated, the person sees it once.
 */
export async function deliverMessage(app: App, row: Row): Promise<Delivery> {
  const reason = await reasonNotToSend(app, row)
  if (reason) return { outcome: 'cancelled', reason }
  if (await isHalted(app.db)) return halted(app)
  const lead = (await findLead(app.db, row.lead_id))!
  const conversation = one(
    await app.db.query<Place>(
      `select c.id, c.account_id, coalesce(c.peer_id, $2) as peer_id
       from conversations c join messages m on m.conversation_id = c.id where m.id = $1`,
      [row.payload.messageId, lead.telegram_user_id],
    ),
  )
  let peer: Peer | null = null
  try {
    const reached = await app.telegram.reach(lead, conversation)
    if ('unreachable' in reached && reached.unreachable === 'window-closed')
      return await windowClosed(app, row, lead, reached.detail)
    if ('unreachable' in reached)
      return await cannotReach(app, row, lead, reached.unreachable, reached.detail)
    if ('wait' in reached) return await waitWith(app, row, lead, reached)
    peer = reached
    await app.db.query('update conversations set account_id = $2, peer_id = $3 where id = $1', [
      conversation.id,
      peer.accountId,
      peer.peerId,
    ])
    return await send(app, row, peer, await withDisclosure(app, row, lead))
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error
    return judgeFailure(
      app,
      row,
      { lead, conversation, accountId: peer?.accountId ?? conversation.account_id },
      error,
    )
  }
}

/**
 * What changed since the message was queued. One that may have been sent already is not outdated by newer words, but nobody is
 * written to after an opt-out or under a human's hands, whatever came of the try before.
 */
async function reasonNotToSend(app: App, row: Row): Promise<string | null> {
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
  if (outdated && row.attempts === 1) return 'a newer message came in'
  if (author === 'ai' && !mayWrite(lead, app.now())) {
    // The words of a hand-over are the last ones that the seller says.
    const handsOver = lead.control === 'human' && lead.control_source === 'decision' && !lead.opted_out_at
    if (!handsOver) return lead.opted_out_at ? 'the lead opted out' : 'a human holds the conversation'
  }
  return null
}

async function send(app: App, row: Row, peer: Peer, text: string): Promise<Delivery> {
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
      if (late) return { outcome: 'cancelled', reason: late }
      if (await isHalted(app.db)) return halted(app)
    }
    const done = await app.telegram.sendText(peer, part, `${row.id}:${number}`)
    if (number === 0) sent = done
    else await notePart(app, row.payload.messageId, done)
  }
  faultPoint('telegram.sent')
  await noteDelivered(app, row.payload.messageId, peer, sent)
  await noteDisclosed(app, row.payload.messageId)
  return { outcome: 'done', result: { telegramMessageId: sent.messageId } }
}

/** Reads, then types as long as a person would, showing it all the while. */
async function typeFor(app: App, peer: Peer, text: string): Promise<void> {
  const { readSec, charsPerSec, longestTypingSec } = app.business.telegram.manner
  const hurried = !app.config.telegramPaceOn
  if (!hurried) await sleep(readSec * 1000)
  let left = hurried
    ? Math.min(4000, 600 + text.length * 12)
    : Math.min(longestTypingSec, text.length / charsPerSec) * 1000
  while (left > 0) {
    await app.telegram.typing(peer)
    await sleep(Math.min(left, typingShownMs))
    left -= typingShownMs
  }
}

async function takePace(app: App, peer: Peer): Promise<Extract<Delivery, { outcome: 'wait' }> | null> {
  if (!app.config.telegramPaceOn) return null
  const until = await takeAction(app.db, peer.accountId, app.now(), {
    kind: 'send',
    most: isPersons(app) ? app.business.telegram.answersPerMinute : botMessagesPerMinute,
    windowMs: 60_000,
    gapMs: 1000,
    peerId: peer.peerId,
  })
  return until && { outcome: 'wait', reason: 'the account has sent much in the last minute', until }
}

const halted = (app: App): Delivery => ({
  outcome: 'wait',
  reason: 'sending is stopped by hand',
  until: new Date(app.now().getTime() + 5000),
})

const noteDelivered = (app: App, messageId: number, peer: Peer, sent: Sent) =>
  app.db.query(
    `update messages set channel_message_id = coalesce($2, channel_message_id), sent_at = $3, account_id = $4, peer_id = $5
     where id = $1`,
    [messageId, sent.messageId, sent.at ?? app.now(), peer.accountId, peer.peerId],
  )

/** The further parts of a long text are known by their ids, so that their echo is not taken for a human's words. */
const notePart = (app: App, messageId: number, sent: Sent) =>
  app.db.query(
    `update messages set part_message_ids = array_append(part_message_ids, $2::bigint)
     where id = $1 and $2::bigint is not null and not $2::bigint = any(part_message_ids)`,
    [messageId, sent.messageId],
  )

/** The lead waits; when that takes long, its card says why and until when. Once per message, however often it is asked again. */
async function waitWith(
  app: App,
  row: Row,
  lead: Lead,
  { wait, until, detail }: Extract<Reach, { wait: unknown }>,
): Promise<Delivery> {
  const language = lead.language ?? app.business.language
  const why = waitText[wait]?.[language]
  if (why && until.getTime() - app.now().getTime() > longWaitMs) {
    const zone = lead.time_zone ?? app.business.timeZone
    const when = formatSlot(until.toISOString(), zone, language, { withZone: true })
    const text =
      language === 'ru'
        ? `Сообщение в Telegram ждёт: ${why}. Напишем примерно ${when}.`
        : `The Telegram message waits: ${why}. It will be sent at about ${when}.`
    await enqueue(app.db, {
      leadId: lead.id,
      turnId: null,
      channel: 'amocrm',
      key: `outbox:${row.id}:waits`,
      payload: { kind: 'note', text },
    })
    app.wake.up('amocrm')
  }
  return { outcome: 'wait', reason: detail, until }
}

/** What makes the lead a human's: writing again would not help. */
const deadEnds: MessengerFailure[] = [
  'privacy',
  'premium-needed',
  'paid-messages',
  'deactivated',
  'not-a-person',
  'not-found',
  'write-forbidden',
  'unknown',
  'bad-message',
]

async function judgeFailure(
  app: App,
  row: Row,
  { lead, conversation, accountId }: { lead: Lead; conversation: Place; accountId: string | null },
  failure: MessengerError,
): Promise<Delivery> {
  const now = app.now().getTime()
  const reason = failure.message
  switch (failure.code) {
    case 'flood-wait': {
      const until = new Date(now + (failure.retryAfterMs ?? 0) + 1000)
      if (accountId) await setPause(app.db, accountId, 'send', until, reason)
      return { outcome: 'wait', reason, until }
    }
    case 'peer-flood': {
      const until = new Date(now + limitedMs)
      if (accountId) await limit(app, accountId, until)
      await giveUpDialog(app, conversation.id)
      // Another account may have time; if none has, it is asked again and says so on the card.
      return { outcome: 'wait', reason, until: new Date(now + 1000) }
    }
    case 'window-closed':
      return windowClosed(app, row, lead, reason)
    case 'blocked':
      await inTransaction(app.db, (tx) =>
        optOut(tx, {
          leadId: row.lead_id,
          language: lead.language ?? app.business.language,
          source: 'blocked',
          tell: false,
        }),
      )
      return cannotReach(app, row, lead, failure.code, reason)
    case 'not-ready':
    case 'frozen':
    case 'logged-out':
    case 'banned':
      return { outcome: 'wait', reason, until: new Date(now + 1000) }
    default:
      if (deadEnds.includes(failure.code)) return cannotReach(app, row, lead, failure.code, reason)
      return { outcome: 'later', reason }
  }
}

/** Nothing is wrong with the lead, only with the time: the seller goes on when they write, and a human has the task. */
async function windowClosed(app: App, row: Row, lead: Lead, detail: string): Promise<Delivery> {
  await taskForClosedWindow(app, app.db, lead, {
    key: `outbox:${row.id}:window-closed`,
    detail,
    turnId: row.turn_id,
    unsaid: row.payload.text,
  })
  return { outcome: 'never', reason: `window closed: ${detail}` }
}

async function limit(app: App, accountId: string, until: Date): Promise<void> {
  app.log.error({ account: accountId, until }, 'A Telegram account needs a human: it may write to nobody new')
  await setPause(app.db, accountId, 'new_dialog', until, 'PEER_FLOOD')
  await audit(app.db, { actor: 'system', action: 'telegram.limited', details: { account: accountId, until } })
}

/** A dialog that Telegram refused is planned anew, with whichever account; a conversation that is under way keeps its account. */
async function giveUpDialog(app: App, conversationId: number): Promise<void> {
  await forgetDialog(app.db, conversationId)
  await app.db.query(
    `update conversations c set account_id = null where id = $1 and not exists (
       select from messages m where m.conversation_id = c.id and m.channel_message_id is not null)`,
    [conversationId],
  )
}

async function cannotReach(
  app: App,
  row: Row,
  lead: Lead,
  code: MessengerFailure,
  detail: string,
): Promise<Delivery> {
  const language = lead.language ?? app.business.language
  const reason = `Telegram: ${unreachableText[code]?.[language] ?? detail}`
  const { turn_id: turnId } = row
  if (turnId !== null) {
    await inTransaction(app.db, (tx) => handOverToHuman(tx, row.lead_id, { turnId, by: 'system', reason }))
  } else {
    await enqueue(app.db, {
      leadId: row.lead_id,
      turnId: null,
      channel: 'amocrm',
      key: `outbox:${row.id}:unreachable`,
      payload: { kind: 'task', text: reason, dueInMin: 60 },
    })
  }
  app.wake.up('amocrm')
  return { outcome: 'never', reason: code === 'unknown' ? `unknown: ${detail}` : detail }
}
