import { z } from 'zod'
import type { App } from '../../app.ts'
import { listTurns, retryAllTurns, retryTurn, turnLists } from '../../turns/manage-turns.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

const entrySchema = z.object({
  id: z.number(),
  leadId: z.number(),
  kind: z.string(),
  since: z.date(),
  reason: z.string().nullable(),
  decided: z
    .object({ action: z.string(), reply: z.string(), note: z.string(), time: z.string().nullable() })
    .nullable(),
})

/** Turns for people: which a human has, which wait for a service, what the shadow mode would have done. */
export function addManageTurns(server: Server, app: App): void {
  server.get(
    '/turns',
    {
      schema: {
        summary:
          'Turns that a human has (failed), that wait for a service (held), or were only thought (shadow); newest first',
        security: [{ token: [] }],
        querystring: z.object({
          state: z.enum(turnLists).default('failed'),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
        response: { 200: z.array(entrySchema) },
      },
    },
    ({ query }) => listTurns(app.db, query.state, query.limit),
  )

  server.post(
    '/turns/retry',
    {
      schema: {
        summary: 'Give all leads whose turn failed back to the assistant',
        security: [{ token: [] }],
        response: { 200: z.object({ retried: z.number() }) },
      },
    },
    async () => ({ retried: await retryAllTurns(app, 'api') }),
  )

  server.post(
    '/turns/:id/retry',
    {
      schema: {
        summary: 'Give the lead of a failed turn back to the assistant',
        security: [{ token: [] }],
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: z.object({ id: z.number(), done: z.literal(true) }) },
      },
    },
    async ({ params }) => {
      if (!(await retryTurn(app, params.id, 'api')))
        throw new Problem('conflict', `Turn ${params.id} did not fail, or something else has happened since`)
      return { id: params.id, done: true as const }
    },
  )
}
