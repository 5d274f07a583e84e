import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Amocrm } from '../amocrm.ts'
import { Problem, entityNotFound } from '../api/problem.ts'
import type { IdParams } from '../api/params.ts'
import { answerFromCard } from '../chats/answer.ts'
import { chatsOfLead } from '../chats/chats.ts'
import { findLead } from '../leads.ts'
import { checkPerson, person, refuse } from './person.ts'

/** Control of the chat channel: where its hook goes, and a manager's answer from the card. */
export function addChatControl(app: FastifyInstance, amo: Amocrm): void {
  app.get('/_sim/channel', () => amo.world.channel)
  app.post('/_sim/channel', (request, reply) => {
    const schema = z.strictObject({
      hookUrl: z.url({ protocol: /^https?$/ }).nullable(),
      secret: z.string().min(1).optional(),
    })
    const body = parseControl(schema, request, reply)
    if (!body) return reply
    amo.world.channel.hookUrl = body.hookUrl
    amo.world.channel.secret = body.secret ?? amo.world.channel.secret
    amo.changed()
    return amo.world.channel
  })

  app.post<{ Params: IdParams }>('/_sim/leads/:id/chat', async (request, reply) => {
    const id = Number(request.params.id)
    const lead = findLead(amo, id)
    if (!lead) throw entityNotFound('leads', id)
    const body = parseControl(z.strictObject({ text: z.string().trim().min(1), by: person }), request, reply)
    if (!body) return reply
    refuse(checkPerson(amo, body.by))
    const user = amo.world.users.find((one) => one.id === body.by)
    const chat = chatsOfLead(amo, lead).at(-1)
    if (!chat || !user) throw new Problem(409, 'Conflict', 'This lead has no chat to answer in')
    return answerFromCard(amo, chat, user, body.text)
  })
}
