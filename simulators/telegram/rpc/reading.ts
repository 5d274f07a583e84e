import type { tl } from '@mtcute/node'
import { markRead } from '../world/messages.ts'
import type { Account } from '../world/account.ts'
import type { Chat, Message } from '../world/state.ts'
import { toTlMessage, unixTime } from '../world/tl-message.ts'
import { usersIn } from '../world/tl-user.ts'
import { type World, chatOf, chatsOf } from '../world/world.ts'
import { type Handlers, accountOf, personAt, requirePerson } from './call.ts'
import { stateOf } from './updates.ts'

export const readingMethods: Handlers = {
  'messages.readHistory'(call, { peer, maxId }) {
    const account = accountOf(call)
    const person = requirePerson(call, account, peer)
    const update = markRead(call.world, account, person, 'seller', maxId, call.origin)
    return { _: 'messages.affectedMessages', pts: account.pts, ptsCount: update?.count ?? 0 }
  },

  'messages.getHistory'(call, request) {
    const account = accountOf(call)
    const person = requirePerson(call, account, request.peer)
    const chat = chatOf(call.world, account, person)
    const page = pageOf(chat.messages, request)
    return {
      _: 'messages.messagesSlice',
      count: chat.messages.length,
      messages: page.map((message) => toTlMessage(account, person.id, message)),
      topics: [],
      chats: [],
      users: usersIn(call.world, account, [person.id]),
    }
  },

  'messages.getMessages'(call, { id: inputs }) {
    const account = accountOf(call)
    const ids = new Set(inputs.map((input) => ('id' in input ? input.id : 0)))
    const found = chatsOf(call.world, account).flatMap((chat) =>
      chat.messages.filter(({ id }) => ids.has(id)).map((message) => ({ personId: chat.personId, message })),
    )
    return {
      _: 'messages.messages',
      messages: found.map(({ personId, message }) => toTlMessage(account, personId, message)),
      topics: [],
      chats: [],
      users: usersIn(
        call.world,
        account,
        found.map(({ personId }) => personId),
      ),
    }
  },

  'messages.getDialogs'(call, { offsetId, limit }) {
    const account = accountOf(call)
    const all = chatsOf(call.world, account)
    const rest = all.filter((chat) => offsetId === 0 || chat.messages.at(-1)!.id < offsetId)
    return {
      _: 'messages.dialogsSlice',
      count: all.length,
      ...dialogsOf(call.world, account, rest.slice(0, limit)),
    }
  },

  'messages.getPeerDialogs'(call, { peers }) {
    const account = accountOf(call)
    const people = peers
      .map((one) => (one._ === 'inputDialogPeer' ? personAt(call, account, one.peer) : undefined))
      .filter((person) => person !== undefined)
    return {
      _: 'messages.peerDialogs',
      ...dialogsOf(
        call.world,
        account,
        people.map((person) => chatOf(call.world, account, person)),
      ),
      state: stateOf(call, account),
    }
  },
}

type Page = Pick<
  tl.messages.RawGetHistoryRequest,
  'offsetId' | 'offsetDate' | 'addOffset' | 'limit' | 'minId' | 'maxId'
>

/** Newest first. The date counts only without an id; `addOffset` moves the window, also to the newer side. */
function pageOf(
  messages: Message[],
  { offsetId, offsetDate, addOffset, limit, minId, maxId }: Page,
): Message[] {
  const newestFirst = messages.toReversed()
  const isPast = (one: Message) =>
    offsetId ? one.id < offsetId : offsetDate === 0 || unixTime(one.at) < offsetDate
  const first = newestFirst.findIndex(isPast)
  const start = (first === -1 ? newestFirst.length : first) + addOffset
  return newestFirst
    .slice(Math.max(0, start), Math.max(0, start + limit))
    .filter((one) => (minId === 0 || one.id > minId) && (maxId === 0 || one.id < maxId))
}

function dialogsOf(world: World, account: Account, chats: Chat[]) {
  return {
    dialogs: chats.map(toTlDialog),
    messages: chats.flatMap((chat) =>
      chat.messages.slice(-1).map((message) => toTlMessage(account, chat.personId, message)),
    ),
    chats: [],
    users: usersIn(
      world,
      account,
      chats.map((chat) => chat.personId),
    ),
  }
}

const toTlDialog = (chat: Chat): tl.RawDialog => ({
  _: 'dialog',
  peer: { _: 'peerUser', userId: chat.personId },
  topMessage: chat.messages.at(-1)?.id ?? 0,
  readInboxMaxId: chat.sellerReadMaxId,
  readOutboxMaxId: chat.personReadMaxId,
  unreadCount: chat.messages.filter((one) => one.from === 'person' && one.id > chat.sellerReadMaxId).length,
  unreadMentionsCount: 0,
  unreadReactionsCount: 0,
  unreadPollVotesCount: 0,
  notifySettings: { _: 'peerNotifySettings' },
})
