import {
  decisionSchema,
  operations,
  operationSchema,
  rehearsalSchema,
  rehearsedSchema,
  reportDataSchema,
} from '@lead/contract'
import { z } from 'zod'
import { rehearse } from '../../rehearsals/rehearse.ts'
import { type RehearsalPorts, rehearsalTurn } from '../../rehearsals/rehearsal-turn.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

/** Turns that are played in n8n's editor, of a person who does not exist. Nothing is stored, sent or booked. */
export function addRehearsals(server: Server, app: RehearsalPorts): void {
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
        params: z.object({ rehearsal: rehearsalSchema, operation: operationSchema }),
        body: reportDataSchema.and(z.object({ rehearsed: decisionSchema.nullable().default(null) })),
        response: { 200: rehearsedSchema.loose() },
      },
    },
    async ({ params, body }) => {
      const { rehearsed, ...data } = body
      try {
        return rehearse(app, params.rehearsal, params.operation, { rehearsed, data })
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error
        throw new Problem('invalid-request', z.prettifyError(error))
      }
    },
  )
}
