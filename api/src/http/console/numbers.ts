import { numbersSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { readNumbers } from '../../console/read-numbers.ts'
import type { Server } from '../server-type.ts'
import { forPeople } from './describe-route.ts'
import { checkSpan, spanSchema } from './span.ts'

const mostDays = 400
/** Empty: of the leads whose card says nothing of it. */
const sourceSchema = z.string().max(300)

export function addNumbers(server: Server, app: App): void {
  server.get(
    '/console/numbers',
    {
      schema: {
        ...forPeople('What came of the leads of a span of time, and how quick the assistant was'),
        querystring: spanSchema.extend({ source: sourceSchema.optional() }),
        response: { 200: numbersSchema },
      },
    },
    async ({ query }) => readNumbers(app.db, checkSpan(query, mostDays), app.business),
  )
}
