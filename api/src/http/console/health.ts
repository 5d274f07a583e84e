import { deadLetterSchema, healthSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { listDeadLetters } from '../../console/list-dead-letters.ts'
import { readHealth } from '../../console/read-health.ts'
import { dropEvent, retryEvent } from '../../inbox/manage-inbox.ts'
import { dropOutbox, retryOutbox } from '../../outbox/manage-outbox.ts'
import { setHalted } from '../../telegram/halt.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'

const actions = {
  inbox: { retry: retryEvent, drop: dropEvent },
  outbox: { retry: retryOutbox, drop: dropOutbox },
} as const

/** How everything stands, what failed for good, and the switch that stops all sending. */
export function addHealthPage(server: Server, app: App): void {
  server.get(
    '/console/health',
    {
      schema: {
        ...forPeople('How everything stands that the assistant needs'),
        response: { 200: healthSchema },
      },
    },
    async () => readHealth(app),
  )

  server.get(
    '/console/dead-letters',
    {
      schema: {
        ...forPeople('What failed for good and needs a human'),
        response: { 200: z.object({ letters: z.array(deadLetterSchema) }) },
      },
    },
    async () => ({ letters: await listDeadLetters(app.db) }),
  )

  server.post(
    '/console/dead-letters/:door/:id/:action',
    {
      schema: {
        ...forPeople('Tries a dead letter once more, or gives it up'),
        params: z.object({
          door: z.enum(['inbox', 'outbox']),
          id: idParam,
          action: z.enum(['retry', 'drop']),
        }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { door, id, action } = request.params
      if (!(await actions[door][action](app.db, id, userOf(request).name)))
        throw new Problem('conflict', 'It is no dead letter any more')
      for (const work of ['inbox', 'telegram', 'amocrm'] as const) app.wake.up(work)
      return isDone
    },
  )

  server.post(
    '/console/halt',
    {
      schema: {
        ...forPeople('Stops all sending to Telegram, or lets it go on'),
        body: z.object({ halted: z.boolean(), reason: plainText(500).optional() }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { halted, reason = null } = request.body
      await setHalted(app.db, halted, { by: userOf(request).name, reason })
      app.wake.up('telegram')
      return isDone
    },
  )
}
