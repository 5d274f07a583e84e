import {
  countersSchema,
  leadCardSchema,
  leadTasksSchema,
  leadPageSchema,
  queueSchema,
  threadSchema,
  turnTraceSchema,
} from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { countQueues } from '../../console/count-queues.ts'
import { type Cursor, listLeads } from '../../console/list-leads.ts'
import { readCard } from '../../console/read-card.ts'
import { readTasks } from '../../console/read-tasks.ts'
import { readFile } from '../../console/read-file.ts'
import { readThread } from '../../console/read-thread.ts'
import { readRawTurn, readTurns } from '../../console/read-turns.ts'
import { fewestLetters, searchLeads } from '../../console/search-leads.ts'
import { scopeOf } from '../../console/visible-lead.ts'
import { leadOr404 } from '../find-or-404.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { forPeople, idParam, leadParams } from './describe-route.ts'
import { userOf } from './guard.ts'

/** The place after which a page begins, as the page before gave it. */
const cursorSchema = z
  .string()
  .regex(/^\d{1,15}-\d{1,15}$/, 'must be the `after` of the page before')
  .transform((text): Cursor => {
    const [at = 0, leadId = 0] = text.split('-').map(Number)
    return { at: new Date(at), leadId }
  })
const cursorText = ({ at, leadId }: Cursor) => `${at.getTime()}-${leadId}`

/** What a person reads: the queues, the talk, the card, and why the assistant said what it said. */
export function addInboxPage(server: Server, app: App): void {
  server.get(
    '/console/counters',
    { schema: { ...forPeople('How many leads each queue has'), response: { 200: countersSchema } } },
    async (request) => countQueues(app.db, scopeOf(app, userOf(request))),
  )

  server.get(
    '/console/leads',
    {
      schema: {
        ...forPeople('A page of a queue, or what a search finds'),
        querystring: z.object({
          queue: queueSchema.optional(),
          after: cursorSchema.optional(),
          search: z.string().trim().min(fewestLetters).max(200).optional(),
        }),
        response: { 200: leadPageSchema },
      },
    },
    async (request) => {
      const scope = scopeOf(app, userOf(request))
      const { queue = null, after = null, search } = request.query
      if (search !== undefined) return { leads: await searchLeads(app.db, scope, search), after: null }
      const page = await listLeads(app.db, scope, { queue, after })
      return { leads: page.leads, after: page.after && cursorText(page.after) }
    },
  )

  server.get(
    '/console/leads/:leadId',
    { schema: { ...forPeople('The card of a lead'), params: leadParams, response: { 200: leadCardSchema } } },
    async ({ params }) => readCard(app, await leadOr404(app.db, params.leadId)),
  )

  server.get(
    '/console/leads/:leadId/tasks',
    {
      schema: {
        ...forPeople('What is still to be done on the card in amoCRM, as it says it now'),
        params: leadParams,
        response: { 200: leadTasksSchema },
      },
    },
    async ({ params }) => readTasks(app, (await leadOr404(app.db, params.leadId)).id),
  )

  server.get(
    '/console/leads/:leadId/thread',
    {
      schema: {
        ...forPeople('What was said with a lead, a page from the newest back'),
        params: leadParams,
        querystring: z.object({ before: idParam.optional() }),
        response: { 200: threadSchema },
      },
    },
    async ({ params, query }) => {
      await leadOr404(app.db, params.leadId)
      return readThread(app.db, params.leadId, query.before ?? null)
    },
  )

  server.get(
    '/console/leads/:leadId/turns',
    {
      schema: {
        ...forPeople('Why the assistant said what it said: its newest turns'),
        params: leadParams,
        response: { 200: z.object({ turns: z.array(turnTraceSchema) }) },
      },
    },
    async ({ params }) => {
      await leadOr404(app.db, params.leadId)
      return { turns: await readTurns(app.db, params.leadId, app.config.n8nEditorUrl) }
    },
  )

  server.get(
    '/console/leads/:leadId/turns/:turnId',
    {
      schema: {
        ...forPeople('A turn as it is stored'),
        params: leadParams.extend({ turnId: idParam }),
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async ({ params }) => {
      const turn = await readRawTurn(app.db, params.leadId, params.turnId)
      if (!turn) throw new Problem('unknown-turn', `Lead ${params.leadId} has no turn ${params.turnId}`)
      return turn
    },
  )

  server.get(
    '/console/leads/:leadId/files/:messageId',
    {
      schema: {
        ...forPeople('The voice message, photo or file of a message'),
        params: leadParams.extend({ messageId: idParam }),
      },
    },
    async ({ params }, reply) => {
      const file = await readFile(app.db, params.leadId, params.messageId)
      if (!file) throw new Problem('not-found', 'The file is not stored, or no longer')
      return reply
        .header('content-type', file.type)
        .header('content-disposition', file.isShown ? 'inline' : 'attachment')
        .header('cache-control', 'private, max-age=3600')
        .send(file.content)
    },
  )
}
