import { z } from 'zod'
import { addMessage, editMessage, markRead } from '../world/messages.ts'
import type { Account } from '../world/account.ts'
import type { Person } from '../world/state.ts'
import { chatKey, chatOf } from '../world/world.ts'
import {
  type BotCall,
  type BotMethod,
  personOfChat,
  readParams,
  requireConnection,
  wire,
} from './bot-call.ts'
import { badRequest, forbidden } from './bot-failure.ts'
import type { BusinessConnection } from '../world/business-connection.ts'
import { isWindowOpen, toWireConnection } from './business-connection.ts'
import { wireMessage } from './wire-message.ts'

const maxText = 4096
const typingLastsMs = 5000

const chat = { chat_id: wire.int, business_connection_id: z.string().optional() }
const sendSchema = z.object({
  ...chat,
  text: z.string().default(''),
  reply_parameters: wire.json(z.object({ message_id: z.number().int() })).optional(),
})
const actionSchema = z.object({ ...chat, action: z.string() })
const editSchema = z.object({ ...chat, message_id: wire.int, text: z.string().default('') })
const readSchema = z.object({ business_connection_id: z.string(), chat_id: wire.int, message_id: wire.int })
const fileSchema = z.object({ file_id: z.string() })

/** What a bot says in its own chats, and a secretary in the chats of its account. */
export const messageMethods: Record<string, BotMethod> = {
  sendMessage: (call) => {
    const input = readParams(call, sendSchema)
    const text = checkedText(input.text)
    const side = sideOf(call, input)
    const replyTo = input.reply_parameters?.message_id
    if (
      replyTo !== undefined &&
      !chatOf(call.world, side.account, side.person).messages.some(({ id }) => id === replyTo)
    )
      throw badRequest('message to be replied not found')
    const { message } = addMessage(call.world, side.account, side.person, {
      from: 'seller',
      text,
      bot: { id: call.bot.id, via: side.connection ? 'secretary' : 'bot' },
      ...(replyTo === undefined ? {} : { replyTo }),
    })
    return wireMessage(call.world, side.account, side.person, message, side.connection?.id)
  },

  sendChatAction: (call) => {
    const input = readParams(call, actionSchema)
    const { account, person } = sideOf(call, input)
    if (input.action !== 'typing') return true
    call.world.live.typingUntil.set(chatKey(account.id, person.id), Date.now() + typingLastsMs)
    call.world.journal.add('typing', {
      accountId: account.id,
      personId: person.id,
      from: 'seller',
      action: input.action,
    })
    return true
  },

  editMessageText: (call) => {
    const input = readParams(call, editSchema)
    const text = checkedText(input.text)
    const { account, person, connection } = sideOf(call, input)
    const message = chatOf(call.world, account, person).messages.find(({ id }) => id === input.message_id)
    if (message?.from !== 'seller') throw badRequest('message to edit not found')
    if (connection && message.viaBotId !== call.bot.id) throw badRequest("message can't be edited")
    if (message.text === text) {
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      )
    }
    editMessage(call.world, account, person, message.id, text, 'seller')
    return wireMessage(call.world, account, person, message, connection?.id)
  },

  readBusinessMessage: (call) => {
    const input = readParams(call, readSchema)
    const { connection, account } = requireConnection(call, input.business_connection_id)
    const person = personOfChat(call, input.chat_id)
    if (!connection.rights.can_read_messages) throw badRequest('BUSINESS_CONNECTION_NOT_ALLOWED')
    if (!isWindowOpen(call.world, connection, person.id)) throw badRequest('BUSINESS_PEER_USAGE_MISSING')
    const { messages } = chatOf(call.world, account, person)
    if (!messages.some(({ id }) => id === input.message_id)) throw badRequest('message not found')
    markRead(call.world, account, person, 'seller', input.message_id)
    return true
  },

  getBusinessConnection: (call) => {
    const { business_connection_id: id } = readParams(call, readSchema.pick({ business_connection_id: true }))
    const connection = call.world.state.businessConnections.find(
      (one) => one.id === id && one.botId === call.bot.id,
    )
    if (!connection) throw badRequest('business connection not found')
    return toWireConnection(call.world, connection)
  },

  getFile: (call) => {
    const { file_id: fileId } = readParams(call, fileSchema)
    const id = /^file-(\d+|-\d+)$/.exec(fileId)?.[1]
    const content = id === undefined ? undefined : call.world.live.files.get(id)
    if (!content) throw badRequest('wrong file_id or the file is temporarily unavailable')
    return { file_id: fileId, file_unique_id: id, file_size: content.length, file_path: `files/${id}` }
  },
}

function checkedText(text: string): string {
  if (text.trim() === '') throw badRequest('message text is empty')
  if (text.length > maxText) throw badRequest('message is too long')
  return text
}

type Side = { account: Account; person: Person; connection?: BusinessConnection }

/** Whose chat it is that the bot acts in, if it may. @throws BotFailure */
function sideOf(
  call: BotCall,
  input: { chat_id: number; business_connection_id?: string | undefined },
): Side {
  const { world, bot } = call
  if (input.business_connection_id === undefined) {
    const person = personOfChat(call, input.chat_id)
    const said = world.state.chats[chatKey(bot.id, person.id)]?.messages
    if (!said?.some(({ from }) => from === 'person'))
      throw forbidden("bot can't initiate conversation with a user")
    if (bot.blockedBy.includes(person.id)) throw forbidden('bot was blocked by the user')
    return { account: bot, person }
  }
  const { connection, account } = requireConnection(call, input.business_connection_id)
  const person = personOfChat(call, input.chat_id)
  if (!connection.rights.can_reply) throw badRequest('BUSINESS_CONNECTION_NOT_ALLOWED')
  if (!isWindowOpen(world, connection, person.id)) throw badRequest('BUSINESS_PEER_USAGE_MISSING')
  if (person.blocked) throw forbidden('user is blocked')
  return { account, person, connection }
}
