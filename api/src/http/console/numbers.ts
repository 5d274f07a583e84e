import { numbersSchema } from '@lead/contract'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { readNumbers } from '../../console/read-numbers.ts'
import { instant } from '../plain-text.ts'
import type { Server } from '../server-type.ts'
import { forPeople } from './describe-route.ts'

const longestMs = 400 * 86_400_000

export function addNumbers(server: Server, app: App): void {
  server.get(
    '/console/numbers',
    {
      schema: {
        ...forPeople('What came of the leads of a span of time, and how quick the assistant was'),
        querystring: z
          .object({ from: instant, to: instant })
          .refine(({ from, to }) => from < to && to.getTime() - from.getTime() <= longestMs, {
            path: ['to'],
            message: 'must be after `from`, by at most 400 days',
          }),
        response: { 200: numbersSchema },
      },
    },
    async ({ query }) => readNumbers(app.db, query, app.business.timeZone),
  )
}
