import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { amojoAccountId } from '../seed.ts'
import type { Chat, ChatMessage } from '../world.ts'
import {
  chatSchema,
  connectSchema,
  deliverySchema,
  disconnectSchema,
  messageSchema,
  reactSchema,
  readChatBody,
  typingSchema,
} from './body.ts'
import { ChatError } from './chat-error.ts'
import { findChat, openChat } from './chats.ts'
import { checkSignature } from './check-signature.ts'
import { receiveMessage } from './receive-message.ts'

type Params = { origin: string; id: string }

/** The Chats API under `/v2/origin/custom`: signed requests of a registered channel. */
export function addChatRoutes(app: FastifyInstance, amo: Amocrm): void {
  void app.register(
    async (api) => {
      api.removeAllContentTypeParsers()
      api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      api.addHook('preHandler', async (request) => {
        const { origin } = request.params as Partial<Params>
        const { channel } = amo.world
        if (origin?.split('_')[0] !== channel.id) throw notRegistered()
        checkSignature(request, bodyOf(request), channel.secret)
        const isScoped = !/\/(dis)?connect$/.test(request.url)
        if (isScoped && (channel.scopeId === null || origin !== channel.scopeId)) throw notRegistered()
      })
      api.setErrorHandler((error, _request, reply) => {
        if (error instanceof ChatError) return reply.code(error.status).send(error.body)
        throw error
      })
      addConnecting(api, amo)
      addChats(api, amo)
      addMessages(api, amo)
    },
    { prefix: '/v2/origin/custom' },
  )
}

function addConnecting(api: FastifyInstance, amo: Amocrm): void {
  const { world, journal } = amo
  api.post<{ Params: Params }>('/:origin/connect', (request) => {
    const body = readChatBody(connectSchema, bodyOf(request))
    if (body.account_id !== amojoAccountId)
      throw new ChatError(404, 'ACCOUNT_NOT_FOUND', 'there is no such account')
    const { title, hook_api_version, is_time_window_disabled } = body
    const scopeId = `${world.channel.id}_${amojoAccountId}`
    Object.assign(world.channel, { scopeId, title })
    journal.add('chat.connected', { scopeId, title })
    amo.changed()
    return {
      account_id: amojoAccountId,
      scope_id: scopeId,
      title,
      hook_api_version,
      is_time_window_disabled,
    }
  })
  api.delete<{ Params: Params }>('/:origin/disconnect', (request, reply) => {
    readChatBody(disconnectSchema, bodyOf(request))
    world.channel.scopeId = null
    journal.add('chat.disconnected')
    amo.changed()
    return reply.code(200).send()
  })
}

function addChats(api: FastifyInstance, amo: Amocrm): void {
  api.post<{ Params: Params }>('/:origin/chats', (request) => {
    const body = readChatBody(chatSchema, bodyOf(request))
    const { id, user } = openChat(amo, body.conversation_id, body.user, body.source?.external_id)
    return { id, user }
  })
  api.get<{ Params: Params; Querystring: { offset?: string; limit?: string } }>(
    '/:origin/chats/:id/history',
    (request, reply) => {
      const chat = known(amo, request.params.id)
      const offset = Math.max(0, Number(request.query.offset ?? 0) || 0)
      const limit = Math.min(50, Math.max(1, Number(request.query.limit ?? 50) || 50))
      const messages = chat.messages.slice(offset, offset + limit)
      if (messages.length === 0) return reply.code(204).send()
      return { messages: messages.map((message) => historyView(chat, message)) }
    },
  )
}

function addMessages(api: FastifyInstance, amo: Amocrm): void {
  api.post<{ Params: Params }>('/:origin', (request) =>
    receiveMessage(amo, readChatBody(messageSchema, bodyOf(request))),
  )
  api.post<{ Params: Params }>('/:origin/:id/delivery_status', (request, reply) => {
    const body = readChatBody(deliverySchema, bodyOf(request))
    const status = body.delivery_status ?? body.status_code
    if (status === undefined) throw new ChatError(400, 'VALIDATION_ERROR', 'delivery_status: is required')
    const { id } = request.params
    const message = amo.world.chats
      .flatMap((chat) => chat.messages)
      .find((one) => one.id === id || one.ref === id)
    if (!message) throw new ChatError(404, 'MESSAGE_NOT_FOUND', 'there is no such message')
    Object.assign(message, { status, error: body.error ?? (status === -1 ? String(body.error_code) : null) })
    amo.journal.add('chat.delivery', { messageId: message.id, status, errorCode: body.error_code ?? null })
    amo.changed()
    return reply.code(200).send()
  })
  api.post<{ Params: Params }>('/:origin/typing', (request, reply) => {
    const body = readChatBody(typingSchema, bodyOf(request))
    amo.journal.add('chat.typing', { chatId: known(amo, body.conversation_id).id })
    return reply.code(204).send()
  })
  api.post<{ Params: Params }>('/:origin/react', (request, reply) => {
    const body = readChatBody(reactSchema, bodyOf(request))
    const { id: chatId } = known(amo, body.conversation_id)
    amo.journal.add('chat.reaction', { chatId, type: body.type, emoji: body.emoji ?? null })
    return reply.code(200).send()
  })
}

const bodyOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)

const notRegistered = () => new ChatError(404, 'ORIGIN_NOT_REGISTERED', 'the channel is not registered')

function known(amo: Amocrm, id: string): Chat {
  const chat = findChat(amo, id)
  if (!chat) throw new ChatError(404, 'CONVERSATION_NOT_FOUND', 'there is no such conversation')
  return chat
}

const historyView = (chat: Chat, message: ChatMessage) => ({
  timestamp: Math.floor(message.at / 1000),
  sender: message.author === 'client' ? chat.user : { id: message.author, name: message.name },
  message: {
    id: message.id,
    client_id: message.ref,
    type: message.type,
    text: message.text,
    media: message.media,
    file_name: message.file_name,
    file_size: message.file_size,
  },
})
