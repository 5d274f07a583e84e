import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { unixNow } from '../clock.ts'
import { findChat, linkChat } from '../chats/chats.ts'
import { findContact } from '../contacts.ts'
import { fireTalk } from '../hooks/chat-hooks.ts'
import { accountId } from '../seed.ts'
import type { Chat, Talk } from '../world.ts'
import { readItems } from './body.ts'
import { selfLink, sendPage } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { entityNotFound, notSupportedChoice } from './problem.ts'
import { type Query, branch, oneOf } from './query.ts'

const linkSchema = z.strictObject({
  contact_id: z.int(),
  chat_id: z.string(),
  request_id: z.union([z.string(), z.int()]).optional(),
})

/** `/contacts/chats` links chats to contacts; `/talks` are the conversations in them. */
export function addChatLinkRoutes(app: FastifyInstance, amo: Amocrm): void {
  app.post('/contacts/chats', (request) => {
    const items = readItems(linkSchema, request.body, (input) => [
      ...(findContact(amo, input.contact_id) ? [] : [notSupportedChoice('contact_id')]),
      ...(findChat(amo, input.chat_id) ? [] : [notSupportedChoice('chat_id')]),
    ])
    const chats = items.flatMap(({ body, requestId }) => {
      const chat = findChat(amo, body.chat_id)
      return chat ? [{ ...linkView(linkChat(amo, chat, body.contact_id)), request_id: requestId }] : []
    })
    return { _total_items: chats.length, _embedded: { chats } }
  })

  app.get<{ Querystring: Query }>('/contacts/chats', (request, reply) => {
    const rows = amo.world.chats.filter(
      (chat) =>
        chat.contactId !== null &&
        oneOf(request.query, 'contact_id', chat.contactId) &&
        oneOf(request.query, 'chat_id', chat.id),
    )
    return sendPage(request, reply, 'chats', rows, linkView, { _total_items: rows.length })
  })

  const talkOf = (id: number): Talk => {
    const talk = amo.world.talks.find((one) => one.talk_id === id)
    if (!talk) throw entityNotFound('talks', id)
    return talk
  }
  app.get<{ Querystring: Query }>('/talks', (request, reply) => {
    const filter = branch(request.query, 'filter')
    const rows = amo.world.talks.filter(
      (talk) => oneOf(filter, 'contact_id', talk.contact_id) && oneOf(filter, 'entity_id', talk.entity_id),
    )
    return sendPage(request, reply, 'talks', rows, (talk) => talkView(request, talk))
  })
  app.get<{ Params: IdParams }>('/talks/:id', (request) => talkView(request, talkOf(idOf(request))))
  app.post<{ Params: IdParams }>('/talks/:id/close', (request, reply) => {
    const talk = talkOf(idOf(request))
    Object.assign(talk, { is_in_work: false, is_read: true, updated_at: unixNow() })
    fireTalk(amo, 'update', talk)
    amo.changed()
    return reply.code(202).send()
  })
}

const linkView = (chat: Chat) => ({ id: chat.linkId, chat_id: chat.id, contact_id: chat.contactId })

const talkView = (request: FastifyRequest, talk: Talk) => ({
  ...talk,
  entity_type: 'lead',
  status: talk.is_in_work ? 'in_work' : 'closed',
  account_id: accountId,
  ...selfLink(request, `/api/v4/talks/${talk.talk_id}`),
})
