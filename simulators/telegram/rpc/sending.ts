import type { Long, tl } from '@mtcute/node'
import { addMessage } from '../world/messages.ts'
import type { Account } from '../world/account.ts'
import { addNote, deleteNotes } from '../world/saved-messages.ts'
import { floodsStrangers, isStranger } from '../world/limits.ts'
import type { Media, Person } from '../world/state.ts'
import { toTlMessage, unixTime } from '../world/tl-message.ts'
import { usersIn } from '../world/tl-user.ts'
import { chatKey, chatOf } from '../world/world.ts'
import { type Call, type Handlers, accountOf, requirePerson } from './call.ts'
import { RpcFailure } from './errors.ts'
import { storeUpload } from './files.ts'

const maxText = 4096
const maxCaption = 1024
const typingLastsMs = 6000

export const sendingMethods: Handlers = {
  'messages.sendMessage'(call, request) {
    const account = accountOf(call)
    if (request.message.trim() === '') throw new RpcFailure('MESSAGE_EMPTY')
    if (request.message.length > maxText) throw new RpcFailure('MESSAGE_TOO_LONG')
    const { message, update } = isSelf(account, request.peer)
      ? note(call, account, request.message, request.randomId)
      : send(call, account, requirePerson(call, account, request.peer), request.message, request.randomId)
    return {
      _: 'updateShortSentMessage',
      out: true,
      id: message.id,
      pts: update.pts,
      ptsCount: update.count,
      date: unixTime(message.at),
    }
  },

  /** Of one's own notes; what a person sees is deleted by nobody here. */
  'messages.deleteMessages'(call, { id: ids }) {
    const account = accountOf(call)
    const { deleted, foreign } = deleteNotes(call.world, account, ids, call.origin)
    if (foreign.length > 0) {
      call.world.journal.add('unexpected', { method: 'messages.deleteMessages', messageIds: foreign })
      throw new RpcFailure('MESSAGE_DELETE_FORBIDDEN')
    }
    return { _: 'messages.affectedMessages', pts: account.pts, ptsCount: deleted }
  },

  'messages.sendMedia'(call, request) {
    const account = accountOf(call)
    const person = requirePerson(call, account, request.peer)
    if (request.message.length > maxCaption) throw new RpcFailure('MEDIA_CAPTION_TOO_LONG')
    const media = storeUpload(call.world, request.media)
    const { message, update } = send(call, account, person, request.message, request.randomId, media)
    return {
      _: 'updates',
      updates: [
        { _: 'updateMessageID', id: message.id, randomId: request.randomId },
        {
          _: 'updateNewMessage',
          message: toTlMessage(account, person.id, message),
          pts: update.pts,
          ptsCount: update.count,
        },
      ],
      users: usersIn(call.world, account, [person.id]),
      chats: [],
      date: unixTime(message.at),
      seq: 0,
    }
  },

  'messages.setTyping'(call, { peer, action }) {
    const { world } = call
    const account = accountOf(call)
    const person = requirePerson(call, account, peer)
    const typing = action._ !== 'sendMessageCancelAction'
    const key = chatKey(account.id, person.id)
    if (typing) world.live.typingUntil.set(key, Date.now() + typingLastsMs)
    else world.live.typingUntil.delete(key)
    world.journal.add('typing', {
      accountId: account.id,
      personId: person.id,
      from: 'seller',
      action: action._,
    })
    return true
  },
}

const isSelf = (account: Account, peer: tl.TypeInputPeer): boolean =>
  peer._ === 'inputPeerSelf' || (peer._ === 'inputPeerUser' && peer.userId === account.id)

function note({ world, origin }: Call, account: Account, text: string, randomId: Long) {
  const id = randomId.toString()
  if (id === '0') throw new RpcFailure('RANDOM_ID_INVALID')
  const { messages } = chatOf(world, account, account)
  if (messages.some((one) => one.randomId === id)) throw new RpcFailure('RANDOM_ID_DUPLICATE')
  return addNote(world, account, { text, randomId: id, origin })
}

function send(call: Call, account: Account, person: Person, text: string, randomId: Long, media?: Media) {
  const chat = chatOf(call.world, account, person)
  const id = randomId.toString()
  if (id === '0') throw new RpcFailure('RANDOM_ID_INVALID')
  if (chat.messages.some((one) => one.randomId === id)) throw new RpcFailure('RANDOM_ID_DUPLICATE')
  if (person.blocked) throw new RpcFailure('USER_IS_BLOCKED')
  const wroteFirst = chat.messages.some((one) => one.from === 'person')
  if (person.requirePremium && !wroteFirst) throw new RpcFailure('PRIVACY_PREMIUM_REQUIRED')
  if (person.paidStars && !wroteFirst) throw new RpcFailure(`ALLOW_PAYMENT_REQUIRED_${person.paidStars}`)
  if (isStranger(call.world, account, person) && floodsStrangers(call.world, account, person))
    throw new RpcFailure('PEER_FLOOD')
  return addMessage(call.world, account, person, {
    from: 'seller',
    text,
    media,
    randomId: id,
    origin: call.origin,
  })
}
