import { z } from 'zod'
import type { App } from '../../app.ts'
import { dropOutbox, listOutbox, outboxStates, retryOutbox } from '../../outbox/manage-outbox.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

const entrySchema = z.object({
  id: z.number(),
  leadId: z.number(),
  turnId: z.number().nullable(),
  channel: z.string(),
  kind: z.string(),
  state: z.enum(outboxStates),
  attempts: z.number(),
  runAt: z.date(),
  lastError: z.string().nullable(),
})

/** The dead letters, for people: see them, send them once more, give them up. */
export function addOutbox(server: Server, app: App): void {
  server.get(
    '/outbox',
    {
      schema: {
        summary: 'What is on its way to Telegram and amoCRM, by state; dead letters by default',
        security: [{ token: [] }],
        querystring: z.object({
          state: z.enum(outboxStates).default('dead'),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
        response: { 200: z.array(entrySchema) },
      },
    },
    ({ query }) => listOutbox(app.db, query.state, query.limit),
  )

  const actions = { retry: retryOutbox, drop: dropOutbox } as const
  server.post(
    '/outbox/:id/:action',
    {
      schema: {
        summary: 'Send a dead letter once more, or give it up',
        security: [{ token: [] }],
        params: z.object({ id: z.coerce.number().int().positive(), action: z.enum(['retry', 'drop']) }),
        response: { 200: z.object({ id: z.number(), done: z.literal(true) }) },
      },
    },
    async ({ params }) => {
      if (!(await actions[params.action](app.db, params.id, 'api'))) {
        throw new Problem(
          'conflict',
          `Row ${params.id} does not exist or is in a state that does not allow ${params.action}`,
        )
      }
      app.wake.up('telegram')
      app.wake.up('amocrm')
      return { id: params.id, done: true as const }
    },
  )
}
