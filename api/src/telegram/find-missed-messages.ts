import type { App } from '../app.ts'
import { judgeDatabaseError } from '../database/judge-database-error.ts'
import { findLeadOfAccount } from '../leads/find-lead-of-account.ts'
import { one } from '../database/pool.ts'
import { errorText } from '../text/storable.ts'
import { type LiveConversation, liveConversations } from './live-conversations.ts'
import type { Dialog } from './messenger.ts'
import { MessengerError } from './messenger-error.ts'
import { takeAction } from './pace/take-action.ts'
import { storeMessage } from './store-message.ts'

type Ports = Pick<App, 'db' | 'wake' | 'telegram' | 'log' | 'now'>

/** Telegram floods at about 30 in 30 s; what does not fit is read a minute later. */
const histories = { kind: 'history', most: 20, windowMs: 60_000, gapMs: 0 } as const
const dialogLists = { kind: 'dialogs', most: 10, windowMs: 600_000, gapMs: 0 } as const
/** Of the list of chats, at one time. */
const mostPages = 5
const betweenMs = 5 * 60_000
const soonMs = 60_000

/** Looks for what updates did not bring every five minutes, sooner while something is left to read. Call it every few seconds. */
export function createSweep(app: Ports): () => Promise<void> {
  let dueAt = 0
  return async () => {
    const now = app.now().getTime()
    if (now < dueAt && !(await isReopened(app))) return
    const isWhole = await findMissedMessages(app)
    dueAt = now + (isWhole ? betweenMs : soonMs) - 1000
  }
}

/** A card came for somebody who wrote before; what was left unread waits for its time instead. */
async function isReopened({ db, telegram }: Ports): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from telegram_accounts a where a.id = any($1) and a.swept_at is null
       and not exists (select from conversations c where c.account_id = a.id and c.gap_from_id is not null) limit 1`,
    [telegram.ready()],
  )
  return rowCount === 1
}

/**
 * Updates may be lost with a connection, with a crash, with a login, or skipped by the library after a long absence. One list of the
 * account's chats tells which conversations have something that we do not; only their histories are read, and put into the inbox.
 * @returns whether all was read
 */
export async function findMissedMessages(app: Ports, accountId?: string): Promise<boolean> {
  let isWhole = true
  for (const id of app.telegram.ready()) {
    if (accountId !== undefined && id !== accountId) continue
    const isRead = await sweep(app, id).catch((error: unknown) => {
      if (judgeDatabaseError(error) === 'away') throw error
      app.log.warn({ account: id, reason: errorText(error) }, 'The list of chats was not read')
      return false
    })
    if (!isRead) isWhole = false
  }
  return isWhole
}

/** A chat to read on in, from a message or from a time; `conversationId` null: nothing was kept of it yet. */
type ToRead = {
  conversationId: number | null
  peerId: number
  after: number
  gap: number | null
  since: Date
}

async function sweep(app: Ports, accountId: string): Promise<boolean> {
  const began = app.now()
  const sweptAt = await lastSweep(app, accountId)
  const live = await liveConversations(app.db, accountId)
  const ours = new Map(live.map((row) => [row.peer_id, row]))
  const { dialogs, isWhole } = await readDialogs(app, accountId, {
    until: sweptAt,
    peers: new Set(ours.keys()),
  })
  let isRead = isWhole
  for (const chat of await chatsToRead(app, accountId, { ours, dialogs, sweptAt })) {
    try {
      if (!(await readOn(app, accountId, chat))) isRead = false
    } catch (error) {
      if (judgeDatabaseError(error) === 'away') throw error
      isRead = false
      const about = { account: accountId, peer: chat.peerId, reason: errorText(error) }
      app.log.warn(about, 'The history of one conversation was not read; the others were')
      if (error instanceof MessengerError && error.code === 'flood-wait') break
    }
  }
  if (isRead)
    await app.db.query('update telegram_accounts set swept_at = $2 where id = $1', [accountId, began])
  return isRead
}

async function lastSweep({ db }: Pick<Ports, 'db'>, accountId: string): Promise<Date | null> {
  const { rows } = await db.query<{ swept_at: Date | null }>(
    'select swept_at from telegram_accounts where id = $1',
    [accountId],
  )
  return rows[0]?.swept_at ?? null
}

/** The newest chats, as far back as something may be new; the whole first pages while there is a gap. */
async function readDialogs(
  app: Ports,
  accountId: string,
  { until, peers }: { until: Date | null; peers: ReadonlySet<number> },
): Promise<{ dialogs: Dialog[]; isWhole: boolean }> {
  const { fetchDialogs } = app.telegram
  const dialogs: Dialog[] = []
  if (!fetchDialogs) return { dialogs, isWhole: true }
  const unseen = new Set(peers)
  for (let next = null, page = 0; page < mostPages; page++) {
    if (await takeAction(app.db, accountId, app.now(), dialogLists)) return { dialogs, isWhole: false }
    const found: Awaited<ReturnType<typeof fetchDialogs>> = await fetchDialogs(accountId, next)
    dialogs.push(...found.dialogs)
    for (const { peerId } of found.dialogs) unseen.delete(peerId)
    // Pinned chats stand first, however old they are.
    const oldest = Math.min(
      ...found.dialogs.filter(({ isPinned }) => !isPinned).map(({ at }) => at.getTime()),
    )
    if (
      !found.next ||
      (until && oldest < until.getTime() - soonMs) ||
      (!until && unseen.size === 0 && page > 0)
    )
      return { dialogs, isWhole: true }
    next = found.next
  }
  return { dialogs, isWhole: true }
}

async function chatsToRead(
  app: Ports,
  accountId: string,
  {
    ours,
    dialogs,
    sweptAt,
  }: { ours: Map<number, LiveConversation>; dialogs: Dialog[]; sweptAt: Date | null },
): Promise<ToRead[]> {
  const tops = new Map(dialogs.map((dialog) => [dialog.peerId, dialog]))
  const toRead: ToRead[] = []
  for (const { id, peer_id: peerId, newest, gap, since } of ours.values()) {
    const top = tops.get(peerId)?.topMessageId ?? null
    const after = gap ?? newest
    // A chat that is not in the list has nothing new; after a gap it is looked into all the same.
    if (top === null ? gap !== null : top > after)
      toRead.push({ conversationId: id, peerId, after, gap, since })
    else if (gap !== null) await closeGap(app, id, { gap, readTo: after })
  }
  for (const dialog of dialogs) {
    if (ours.has(dialog.peerId) || !dialog.isPerson || (sweptAt && dialog.at < sweptAt)) continue
    const since = await leadSince(app, accountId, dialog)
    if (since && dialog.at >= since)
      toRead.push({ conversationId: null, peerId: dialog.peerId, after: 0, gap: null, since })
  }
  return toRead
}

/** From when on the chat of a person without a conversation may be with a lead of ours; null: it is private. */
async function leadSince({ db }: Pick<Ports, 'db'>, accountId: string, dialog: Dialog): Promise<Date | null> {
  const found = await findLeadOfAccount(db, { accountId, ...dialog })
  if (!found) return null
  const lead = await db.query<{ since: Date }>(
    `select created_at - interval '1 day' as since from leads where id = $1`,
    [found.leadId],
  )
  return one(lead).since
}

/** @returns false when the account has read enough for now: it goes on from the same message */
async function readOn(app: Ports, accountId: string, chat: ToRead): Promise<boolean> {
  const peer = { accountId, peerId: chat.peerId }
  let from: number | Date = chat.after > 0 ? chat.after : chat.since
  for (;;) {
    if (await takeAction(app.db, accountId, app.now(), histories)) return false
    const { messages, last, isEnd } = await app.telegram.fetchHistory(peer, from)
    for (const message of messages)
      if (new Date(message.sentAt) >= chat.since) await storeMessage(app, message)
    if (last !== null) from = last
    if (isEnd || last === null) break
  }
  const readTo = typeof from === 'number' ? from : 0
  if (chat.conversationId !== null) await closeGap(app, chat.conversationId, { gap: chat.gap, readTo })
  return true
}

/** All up to `readTo` is stored; a gap that was found meanwhile stays. */
const closeGap = (
  { db }: Pick<Ports, 'db'>,
  conversationId: number,
  { gap, readTo }: { gap: number | null; readTo: number },
) =>
  db.query(
    `update conversations set read_to_id = greatest(read_to_id, $3),
       gap_from_id = case when gap_from_id = $2 then null else gap_from_id end
     where id = $1`,
    [conversationId, gap, readTo],
  )
