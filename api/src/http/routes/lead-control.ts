import { z } from 'zod'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/pool.ts'
import { handBack, setControl } from '../../leads/set-control.ts'
import { leadOr404 } from '../find-or-404.ts'
import { Problem } from '../problems.ts'
import { instant, plainText } from '../plain-text.ts'
import type { Server } from '../server-type.ts'

const bodySchema = z
  .object({
    control: z.enum(['ai', 'human', 'paused']),
    /** With `paused`: when the assistant goes on. */
    until: instant.optional(),
    by: plainText(100),
    reason: plainText(500),
    /** With `ai`: the person may be written to again. Only a human decides this. */
    liftOptOut: z.boolean().default(false),
  })
  .refine((body) => body.control !== 'paused' || body.until, {
    path: ['until'],
    message: 'is needed with paused',
  })

export function addLeadControl(server: Server, app: App): void {
  server.post(
    '/leads/:leadId/control',
    {
      schema: {
        summary: 'Who talks to a lead: the assistant (ai), a human, or nobody for a while (paused)',
        security: [{ token: [] }],
        params: z.object({ leadId: z.coerce.number().int().positive() }),
        body: bodySchema,
        response: {
          200: z.object({
            leadId: z.number(),
            control: z.enum(['ai', 'human', 'paused']),
            until: z.date().nullable(),
            optedOut: z.boolean(),
          }),
        },
      },
    },
    async ({ params, body }) => {
      const before = await leadOr404(app.db, params.leadId)
      if (body.control === 'ai') {
        if (before.opted_out_at && !body.liftOptOut) {
          throw new Problem(
            'conflict',
            `Lead ${before.id} asked not to be written to; liftOptOut: true lifts this`,
          )
        }
        const { by, reason, liftOptOut: liftsOptOut } = body
        await handBack(app, before.id, { by, reason, liftsOptOut })
      } else {
        const { control, by, reason, until } = body
        await inTransaction(app.db, (tx) =>
          setControl(tx, before.id, {
            control,
            source: 'operator',
            by,
            reason,
            until: until ? new Date(until) : null,
          }),
        )
      }
      const lead = await leadOr404(app.db, params.leadId)
      return {
        leadId: lead.id,
        control: lead.control,
        until: lead.control_until,
        optedOut: lead.opted_out_at !== null,
      }
    },
  )
}
