import type { tl } from '@mtcute/node'
import type { Account, UpdateRecord } from './account.ts'
import { toTlMessage } from './tl-message.ts'
import { type World, chatKey } from './world.ts'

/** An update as it goes over the wire; undefined when its message was deleted since. */
export function toTlUpdate(world: World, account: Account, record: UpdateRecord): tl.TypeUpdate | undefined {
  const pts = { pts: record.pts, ptsCount: record.count }
  const peer: tl.TypePeer = { _: 'peerUser', userId: record.personId }
  const chat = world.state.chats[chatKey(account.id, record.personId)]

  switch (record.kind) {
    case 'new':
    case 'edit': {
      const message = chat?.messages.find((one) => one.id === record.messageId)
      if (!message) return undefined
      const _ = record.kind === 'new' ? 'updateNewMessage' : 'updateEditMessage'
      return { _, message: toTlMessage(account, record.personId, message), ...pts }
    }
    case 'delete':
      return { _: 'updateDeleteMessages', messages: record.messageIds, ...pts }
    case 'readByPerson':
      return { _: 'updateReadHistoryOutbox', peer, maxId: record.maxId, ...pts }
    case 'readBySeller': {
      const unread = chat?.messages.filter((one) => one.from === 'person' && one.id > record.maxId).length
      return { _: 'updateReadHistoryInbox', peer, maxId: record.maxId, stillUnreadCount: unread ?? 0, ...pts }
    }
  }
}
