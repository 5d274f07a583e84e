import { type ChatEvent, type World, findAccount } from '../world/world.ts'
import { isBot } from './bot.ts'
import type { BotUpdates } from './bot-updates.ts'
import { connectionOf } from './business-connection.ts'
import { wireChat, wireMessage, wirePerson } from './wire-message.ts'

/**
 * Tells bots what happens in their own chats, and secretaries what happens in the chats of their account: the person's words and
 * what the owner writes from a phone, but not the secretary's own.
 */
export function watchChats(world: World, updates: BotUpdates): void {
  world.live.observers.push((event) => {
    if (isBot(event.account)) tellBot(world, updates, event)
    else tellSecretary(world, updates, event)
  })
}

function tellBot(world: World, updates: BotUpdates, event: ChatEvent): void {
  const { account, person } = event
  if (isBot(account) && event.kind === 'reaction') {
    const { id, reaction } = event.message
    const payload = {
      chat: wireChat(person),
      message_id: id,
      user: wirePerson(person),
      date: Math.floor(Date.now() / 1000),
      old_reaction: [],
      new_reaction: reaction ? [{ type: 'emoji', emoji: reaction }] : [],
    }
    return updates.queue(account, 'message_reaction', payload, person.id)
  }
  // Of deletions a bot hears nothing.
  if (
    !isBot(account) ||
    event.kind === 'delete' ||
    event.kind === 'reaction' ||
    event.message.from !== 'person' ||
    event.message.callSec !== undefined
  )
    return
  const kind = event.kind === 'new' ? 'message' : 'edited_message'
  updates.queue(account, kind, wireMessage(world, account, person, event.message), person.id)
}

function tellSecretary(world: World, updates: BotUpdates, event: ChatEvent): void {
  const { account, person } = event
  const connection = connectionOf(world, account)
  const bot = connection && findAccount(world, connection.botId)
  if (!connection?.enabled || !bot || !isBot(bot)) return
  if (event.kind === 'delete') {
    const payload = {
      business_connection_id: connection.id,
      chat: wireChat(person),
      message_ids: event.messageIds,
    }
    return updates.queue(bot, 'deleted_business_messages', payload, person.id)
  }
  // Of reactions and calls a secretary hears nothing.
  if (event.kind === 'reaction' || event.message.viaBotId === bot.id || event.message.callSec !== undefined)
    return
  const kind = event.kind === 'new' ? 'business_message' : 'edited_business_message'
  updates.queue(bot, kind, wireMessage(world, account, person, event.message, connection.id), person.id)
}
