import { Long, type TelegramClient, type tl } from '@mtcute/node'
import type { Dialog, DialogOffset, DialogPage, HistoryPage, Peer } from '../messenger.ts'
import { phoneOf, telegramServiceId, toTelegramMessage } from './to-telegram-message.ts'

/** What one answer of Telegram holds at most. */
const pageSize = 100

/** Reads on in a chat, oldest first. */
export async function fetchHistory(
  client: TelegramClient,
  { accountId, peerId }: Peer,
  after: number | Date,
): Promise<HistoryPage> {
  const offset =
    typeof after === 'number'
      ? { id: after + 1, date: 0 }
      : { id: 0, date: Math.max(1, Math.floor(after.getTime() / 1000)) }
  const history = await client.getHistory(peerId, { limit: pageSize, offset, reverse: true })
  return {
    messages: history.flatMap((message) => toTelegramMessage(accountId, message) ?? []),
    last: history.at(-1)?.id ?? null,
    isEnd: history.length < pageSize,
  }
}

/**
 * Marks all of a chat as read. Not by `client.readHistory`: that tells the client to pass over whatever update has the pts of the
 * answer, and where there was nothing to read that is the pts of the newest message of any chat: one that is just being
 * received would be lost without a trace.
 */
export async function markRead(client: TelegramClient, { peerId }: Peer): Promise<void> {
  const peer = await client.resolvePeer(peerId)
  const { pts, ptsCount } = await client.call({ _: 'messages.readHistory', peer, maxId: 0 })
  if (ptsCount === 0) return
  const update: tl.RawUpdateReadHistoryInbox = {
    _: 'updateReadHistoryInbox',
    peer: { _: 'peerUser', userId: peerId },
    maxId: 0,
    stillUnreadCount: 0,
    pts,
    ptsCount,
  }
  client.handleClientUpdate({ _: 'updates', updates: [update], users: [], chats: [], date: 0, seq: 0 })
}

/** One page of the account's chats. Whoever is in it is known to the client afterwards, also after a new login. */
export async function fetchDialogs(client: TelegramClient, after: DialogOffset | null): Promise<DialogPage> {
  const answer = await client.call({
    _: 'messages.getDialogs',
    offsetDate: after?.date ?? 0,
    offsetId: after?.id ?? 0,
    offsetPeer: after ? await client.resolvePeer(after.peerId) : { _: 'inputPeerEmpty' },
    limit: pageSize,
    hash: Long.ZERO,
  })
  if (answer._ === 'messages.dialogsNotModified') return { dialogs: [], next: null }
  const users = new Map(answer.users.map((user) => [user.id, user]))
  const dates = new Map(
    answer.messages.flatMap((one) => (one._ === 'messageEmpty' ? [] : [[one.id, one.date]])),
  )
  const dialogs: Dialog[] = []
  for (const dialog of answer.dialogs) {
    if (dialog._ !== 'dialog' || dialog.peer._ !== 'peerUser') continue
    const user = users.get(dialog.peer.userId)
    if (user?._ === 'user') dialogs.push(toDialog(dialog, user, dates.get(dialog.topMessage) ?? 0))
  }
  const last = dialogs.at(-1)
  const isEnd = answer._ === 'messages.dialogs' || answer.dialogs.length < pageSize || !last
  const next = isEnd
    ? null
    : { id: last.topMessageId, date: Math.floor(last.at.getTime() / 1000), peerId: last.peerId }
  return { dialogs, next }
}

const toDialog = ({ topMessage, pinned = false }: tl.RawDialog, user: tl.RawUser, date: number): Dialog => ({
  peerId: user.id,
  peerUsername: user.username ?? null,
  peerPhone: phoneOf(user.phone),
  isPerson: !user.bot && !user.self && user.id !== telegramServiceId,
  isPinned: pinned,
  topMessageId: topMessage,
  at: new Date(date * 1000),
})
