import { z } from 'zod'
import type { App } from '../../app.ts'
import { dropEvent, inboxStates, listInbox, retryEvent } from '../../inbox/manage-inbox.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

const entrySchema = z.object({
  id: z.number(),
  source: z.string(),
  state: z.enum(inboxStates).exclude(['dead']),
  attempts: z.number(),
  receivedAt: z.date(),
  runAt: z.date(),
  reason: z.string().nullable(),
  size: z.number(),
})

/** What came from outside and could not be worked, for people: see it, try it once more, give it up. */
export function addInbox(server: Server, app: App): void {
  server.get(
    '/inbox',
    {
      schema: {
        summary: 'What came from amoCRM and Telegram, by state; dead letters by default. Never the body',
        security: [{ token: [] }],
        querystring: z.object({
          state: z.enum(inboxStates).default('dead'),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
        response: { 200: z.array(entrySchema) },
      },
    },
    ({ query }) => listInbox(app.db, query.state, query.limit),
  )

  const actions = { retry: retryEvent, drop: dropEvent } as const
  server.post(
    '/inbox/:id/:action',
    {
      schema: {
        summary: 'Work a dead letter once more, or give it up',
        security: [{ token: [] }],
        params: z.object({ id: z.coerce.number().int().positive(), action: z.enum(['retry', 'drop']) }),
        response: { 200: z.object({ id: z.number(), done: z.literal(true) }) },
      },
    },
    async ({ params }) => {
      if (!(await actions[params.action](app.db, params.id, 'api')))
        throw new Problem('conflict', `Event ${params.id} is no dead letter`)
      app.wake.up('inbox')
      return { id: params.id, done: true as const }
    },
  )
}
