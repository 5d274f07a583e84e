import { closeReasons } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { retryMessage } from '../../console/retry-message.ts'
import { addNote, cancelThinking, closeLead, holdLead, writeToLead } from '../../console/work-lead.ts'
import { handBack } from '../../leads/set-control.ts'
import { leadOr404 } from '../find-or-404.ts'
import { instant, plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone, leadParams } from './describe-route.ts'
import { userOf } from './guard.ts'

const controlSchema = z.discriminatedUnion('control', [
  /** Back to the assistant; `liftOptOut`: the person asked for no messages and now wants them again. */
  z.object({ control: z.literal('ai'), liftOptOut: z.boolean().default(false) }),
  z.object({ control: z.literal('human'), reason: plainText(500).optional() }),
  z.object({ control: z.literal('paused'), until: instant, reason: plainText(500).optional() }),
])

/** What a person does with a lead. */
export function addWork(server: Server, app: App): void {
  server.post(
    '/console/leads/:leadId/control',
    {
      schema: {
        ...forPeople('Takes a lead over, pauses the assistant, or gives the lead back'),
        params: leadParams,
        body: controlSchema,
        response: { 200: done },
      },
    },
    async (request) => {
      const { params, body } = request
      const by = userOf(request)
      const lead = await leadOr404(app.db, params.leadId)
      if (body.control === 'ai') {
        if (lead.opted_out_at && !body.liftOptOut)
          throw new Problem('conflict', 'This person asked not to be written to')
        await handBack(app, lead.id, {
          by: by.name,
          reason: 'given back in the console',
          liftsOptOut: body.liftOptOut,
        })
        return isDone
      }
      if (body.control === 'paused' && body.until <= app.now())
        throw new Problem('invalid-request', 'A pause ends in the future', [
          { field: 'until', detail: 'must be in the future' },
        ])
      await holdLead(app, lead.id, body, { by, reason: body.reason ?? null })
      return isDone
    },
  )

  server.post(
    '/console/leads/:leadId/stop-thinking',
    {
      schema: {
        ...forPeople('Throws away the answer that the assistant is thinking about'),
        params: leadParams,
        response: { 200: z.object({ stopped: z.boolean() }) },
      },
    },
    async (request) => {
      await leadOr404(app.db, request.params.leadId)
      return { stopped: await cancelThinking(app, request.params.leadId, userOf(request)) }
    },
  )

  server.post(
    '/console/leads/:leadId/messages',
    {
      schema: {
        ...forPeople('Writes to a lead; from now on the lead is yours'),
        params: leadParams,
        body: z.object({
          text: plainText(4000),
          /** The same key again says nothing twice. */
          key: plainText(60),
        }),
        response: { 202: z.object({ messageId: z.number() }) },
      },
    },
    async (request, reply) => {
      await leadOr404(app.db, request.params.leadId)
      const written = await writeToLead(app, request.params.leadId, { ...request.body, by: userOf(request) })
      if (written === 'opted out') throw new Problem('conflict', 'This person asked not to be written to')
      return reply.code(202).send(written)
    },
  )

  server.post(
    '/console/leads/:leadId/messages/:messageId/retry',
    {
      schema: {
        ...forPeople('Sends a message once more that could not be delivered'),
        params: leadParams.extend({ messageId: idParam }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { leadId, messageId } = request.params
      if (!(await retryMessage(app, { leadId, messageId, by: userOf(request).name })))
        throw new Problem('conflict', 'This message is not one that failed')
      return isDone
    },
  )

  server.post(
    '/console/leads/:leadId/notes',
    {
      schema: {
        ...forPeople('A note for colleagues; the lead never sees it'),
        params: leadParams,
        body: z.object({ text: plainText(4000) }),
        response: { 201: done },
      },
    },
    async (request, reply) => {
      await leadOr404(app.db, request.params.leadId)
      await addNote(app.db, request.params.leadId, userOf(request), request.body.text)
      return reply.code(201).send(isDone)
    },
  )

  server.post(
    '/console/leads/:leadId/close',
    {
      schema: {
        ...forPeople('The lead is lost: the reason goes onto the card, the assistant writes no more'),
        params: leadParams,
        body: z.object({ reason: z.enum(closeReasons), comment: plainText(500).optional() }),
        response: { 200: done },
      },
    },
    async (request) => {
      await leadOr404(app.db, request.params.leadId)
      const { reason, comment = null } = request.body
      const answer = await closeLead(app, request.params.leadId, { by: userOf(request), reason, comment })
      if (answer === 'has a meeting')
        throw new Problem('conflict', 'A meeting is booked: cancel it first, so that the lead hears of it')
      return isDone
    },
  )
}
