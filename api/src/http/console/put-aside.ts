import { filterSchema, evaluationCaseSchema, queueSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { dropCase, listCases, markWrong } from '../../console/evaluation-cases.ts'
import { dropFilter, listFilters, saveFilter } from '../../console/filters.ts'
import { blockLead, snooze } from '../../console/put-aside.ts'
import { leadOr404 } from '../find-or-404.ts'
import { instant, plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone, leadParams } from './describe-route.ts'
import { userOf } from './guard.ts'

/** Leads out of the way, answers that were wrong, and searches that are used again. */
export function addPutAside(server: Server, app: App): void {
  server.post(
    '/console/leads/:leadId/snooze',
    {
      schema: {
        ...forPeople(
          'Puts a lead out of the way until a moment or until the lead writes; null: back at once',
        ),
        params: leadParams,
        body: z.object({ until: instant.nullable() }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { leadId } = request.params
      const { until } = request.body
      await leadOr404(app.db, leadId)
      if (until !== null && until <= app.now())
        throw new Problem('invalid-request', 'It ends in the future', [
          { field: 'until', detail: 'must be in the future' },
        ])
      await snooze(app, leadId, { by: userOf(request).name, until })
      return isDone
    },
  )

  server.post(
    '/console/leads/:leadId/block',
    {
      schema: {
        ...forPeople('Nobody writes to this person any more, whatever they write'),
        params: leadParams,
        body: z.object({ reason: plainText(500) }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { leadId } = request.params
      await leadOr404(app.db, leadId)
      const answer = await blockLead(app, leadId, { by: userOf(request).name, reason: request.body.reason })
      if (answer === 'has a meeting')
        throw new Problem('conflict', 'A meeting is booked: cancel it first, so that the lead hears of it')
      app.wake.up('amocrm')
      return isDone
    },
  )

  server.post(
    '/console/leads/:leadId/messages/:messageId/wrong',
    {
      schema: {
        ...forPeople(
          'Keeps that a message of the assistant was wrong, with the right answer, as an evaluation case',
        ),
        params: leadParams.extend({ messageId: idParam }),
        body: z.object({ right: plainText(4000), comment: plainText(1000).optional() }),
        response: { 201: done },
      },
    },
    async (request, reply) => {
      const { right, comment = null } = request.body
      if (!(await markWrong(app, request.params, { by: userOf(request), right, comment })))
        throw new Problem('conflict', 'This is no message of the assistant')
      return reply.code(201).send(isDone)
    },
  )

  server.get(
    '/console/evaluation-cases',
    {
      schema: {
        ...forPeople(
          'Messages that were marked wrong, each with the right answer and all that the assistant knew',
        ),
        response: { 200: z.object({ cases: z.array(evaluationCaseSchema) }) },
      },
    },
    async () => ({ cases: await listCases(app.db) }),
  )

  server.post(
    '/console/evaluation-cases/:caseId/drop',
    {
      schema: {
        ...forPeople('Takes a mark back'),
        params: z.object({ caseId: idParam }),
        response: { 200: done },
      },
    },
    async (request) => {
      if (!(await dropCase(app.db, request.params.caseId, userOf(request).name)))
        throw new Problem('not-found', 'There is no such case')
      return isDone
    },
  )

  server.get(
    '/console/filters',
    {
      schema: {
        ...forPeople('The searches that this person keeps'),
        response: { 200: z.object({ filters: z.array(filterSchema) }) },
      },
    },
    async (request) => ({ filters: await listFilters(app.db, userOf(request).id) }),
  )

  server.post(
    '/console/filters',
    {
      schema: {
        ...forPeople('Keeps a search under a name'),
        body: z.object({
          name: plainText(60),
          queue: z.union([z.literal('all'), queueSchema]),
          search: z.string().trim().max(200),
        }),
        response: { 201: z.object({ id: z.number() }) },
      },
    },
    async (request, reply) => {
      const id = await saveFilter(app.db, userOf(request).id, request.body)
      if (id === null) throw new Problem('conflict', 'Twenty are as many as there may be; drop one first')
      return reply.code(201).send({ id })
    },
  )

  server.post(
    '/console/filters/:filterId/drop',
    {
      schema: {
        ...forPeople('Forgets a kept search'),
        params: z.object({ filterId: idParam }),
        response: { 200: done },
      },
    },
    async (request) => {
      if (!(await dropFilter(app.db, userOf(request).id, request.params.filterId)))
        throw new Problem('not-found', 'You keep no such search')
      return isDone
    },
  )
}
