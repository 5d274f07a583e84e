import {
  decisionSchema,
  operations,
  operationSchema,
  playgroundSchema,
  type Rehearsal,
  rehearsalSchema,
  rehearsedSchema,
  reportDataSchema,
} from '@lead/contract'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { reportPlayground } from '../../rehearsals/playground.ts'
import { rehearse } from '../../rehearsals/rehearse.ts'
import { rehearsalTurn } from '../../rehearsals/rehearsal-turn.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

/** Turns that are played in n8n's editor, of a person who does not exist. Nothing is stored, sent or booked. */
export function addRehearsals(server: Server, app: App): void {
  server.post(
    '/rehearsals/:rehearsal',
    {
      schema: {
        summary: "A turn to play in n8n's editor",
        security: [{ token: [] }],
        params: z.object({ rehearsal: rehearsalSchema }),
        response: { 200: operations.rehearse.answer },
      },
    },
    async ({ params }) => rehearsalTurn(app, params.rehearsal),
  )

  server.post(
    '/rehearsals/:rehearsal/:operation',
    {
      schema: {
        summary: 'What a step of the turn protocol would do in earnest',
        security: [{ token: [] }],
        params: z.object({
          rehearsal: z.union([rehearsalSchema, playgroundSchema]),
          operation: operationSchema,
        }),
        body: reportDataSchema.and(z.object({ rehearsed: decisionSchema.nullable().default(null) })),
        response: { 200: rehearsedSchema.loose() },
      },
    },
    async ({ params, body }) => {
      const { rehearsed, ...data } = body
      const { rehearsal, operation } = params
      try {
        if (isExample(rehearsal))
          return rehearse(app, rehearsalTurn(app, rehearsal).body, operation, { rehearsed, data })
        const answer = await reportPlayground(app, rehearsal, operation, { rehearsed, data })
        if (!answer) throw new Problem('not-found', 'This talk of the playground is forgotten')
        return answer
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error
        throw new Problem('invalid-request', z.prettifyError(error))
      }
    },
  )
}

const isExample = (name: string): name is Rehearsal => rehearsalSchema.safeParse(name).success
