import { publish, pushShort } from './publish.ts'
import type { Account, UpdateRecord } from './account.ts'
import type { Media, Message, Person } from './state.ts'
import { type Outlet, type World, chatKey, chatOf, nowOf, tellObservers } from './world.ts'

type NewMessage = {
  from: Message['from']
  text: string
  media?: Media
  randomId?: string
  replyTo?: number
  marks?: Pick<Message, 'automatic' | 'forwarded' | 'albumId' | 'callSec'>
  /** The session that sent it. */
  origin?: Outlet
  /** A bot that sent it: its own words, or in the name of the account. */
  bot?: { id: number; via: 'bot' | 'secretary' }
}

/** Stores a message, journals it and tells all other sessions of the account. */
export function addMessage(
  world: World,
  account: Account,
  person: Person,
  { from, text, media, randomId, origin, bot, replyTo, marks = {} }: NewMessage,
): { message: Message; update: UpdateRecord } {
  const message: Message = {
    id: account.nextMessageId++,
    from,
    text,
    at: new Date(nowOf(world)).toISOString(),
    ...marks,
  }
  if (media) message.media = media
  if (randomId) message.randomId = randomId
  if (replyTo) message.replyTo = replyTo
  if (bot?.via === 'secretary') message.viaBotId = bot.id
  chatOf(world, account, person).messages.push(message)
  if (from === 'seller') world.live.typingUntil.delete(chatKey(account.id, person.id))

  world.journal.add('message', {
    accountId: account.id,
    personId: person.id,
    messageId: message.id,
    from,
    ...(from === 'seller' ? { via: bot?.via ?? (origin ? 'client' : 'phone') } : {}),
    text,
    ...(randomId ? { randomId } : {}),
    ...(media ? { media: media.kind } : {}),
  })
  const update = publish(world, account, { kind: 'new', personId: person.id, messageId: message.id }, origin)
  tellObservers(world, { kind: 'new', account, person, message })
  return { message, update }
}

/** False when there is no such message of this side. */
export function editMessage(
  world: World,
  account: Account,
  person: Person,
  messageId: number,
  text: string,
  by: Message['from'] = 'person',
) {
  const message = chatOf(world, account, person).messages.find((one) => one.id === messageId)
  if (message?.from !== by) return false
  message.text = text
  message.editedAt = new Date().toISOString()
  world.journal.add('edit', { accountId: account.id, personId: person.id, messageId, text })
  publish(world, account, { kind: 'edit', personId: person.id, messageId })
  tellObservers(world, { kind: 'edit', account, person, message })
  return true
}

/** The person puts an emoji on a message of the seller's, or takes it back (null). False when there is no such message. */
export function react(
  world: World,
  account: Account,
  person: Person,
  messageId: number,
  emoji: string | null,
): boolean {
  const message = chatOf(world, account, person).messages.find((one) => one.id === messageId)
  if (message?.from !== 'seller') return false
  if (emoji) message.reaction = emoji
  else delete message.reaction
  world.changed()
  world.journal.add('reaction', { accountId: account.id, personId: person.id, messageId, emoji })
  const date = Math.floor(Date.now() / 1000)
  const peer = { _: 'peerUser', userId: person.id } as const
  const reaction = { _: 'reactionEmoji', emoticon: emoji ?? '' } as const
  pushShort(world, account, {
    _: 'updateMessageReactions',
    peer,
    msgId: messageId,
    reactions: {
      _: 'messageReactions',
      canSeeList: true,
      results: emoji ? [{ _: 'reactionCount', reaction, count: 1 }] : [],
      recentReactions: emoji ? [{ _: 'messagePeerReaction', peerId: peer, date, reaction }] : [],
    },
  })
  tellObservers(world, { kind: 'reaction', account, person, message })
  return true
}

/** The person deletes a message for both sides. False when there is no such message. */
export function deleteMessage(world: World, account: Account, person: Person, messageId: number): boolean {
  const chat = chatOf(world, account, person)
  const index = chat.messages.findIndex((one) => one.id === messageId)
  if (index === -1) return false
  chat.messages.splice(index, 1)
  world.journal.add('delete', { accountId: account.id, personId: person.id, messageId })
  publish(world, account, { kind: 'delete', personId: person.id, messageIds: [messageId] })
  tellObservers(world, { kind: 'delete', account, person, messageIds: [messageId] })
  return true
}

/**
 * Marks the other side's messages up to `maxId` (0: all) as read. Undefined when that changes nothing.
 */
export function markRead(
  world: World,
  account: Account,
  person: Person,
  by: Message['from'],
  maxId = 0,
  origin?: Outlet,
): UpdateRecord | undefined {
  const chat = chatOf(world, account, person)
  const ids = chat.messages.filter((one) => one.from !== by).map((one) => one.id)
  const last = ids.findLast((id) => maxId === 0 || id <= maxId) ?? 0
  const field = by === 'seller' ? 'sellerReadMaxId' : 'personReadMaxId'
  if (last <= chat[field]) return undefined
  chat[field] = last
  world.journal.add('read', { accountId: account.id, personId: person.id, by, maxId: last })
  const kind = by === 'seller' ? 'readBySeller' : 'readByPerson'
  return publish(world, account, { kind, personId: person.id, maxId: last }, origin)
}
