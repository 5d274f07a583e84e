import { queuedSchema, turnLeaseSchema } from '@lead/contract'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { type AmocrmPayload, enqueue } from '../../outbox/enqueue.ts'
import { updateCrmForTurn } from '../../turns/turn-effects.ts'
import { leadOr404 } from '../find-or-404.ts'
import { Problem } from '../problems.ts'
import { instantText, plainText } from '../plain-text.ts'
import type { Server } from '../server-type.ts'

/** By n8n: `turnId` and `fencing`, the content is the journaled decision's. By people: `leadId` and what to change. */
const bodySchema = z.object({
  turnId: turnLeaseSchema.shape.turnId.optional(),
  fencing: turnLeaseSchema.shape.fencing.optional(),
  leadId: z.number().int().positive().optional(),
  stage: z.enum(['contacted', 'qualified', 'booked', 'lost']).optional(),
  statusId: z.number().int().positive().optional(),
  lossReason: z.enum(['notInterested', 'optOut', 'unreachable']).optional(),
  fields: z
    .record(plainText(100), z.union([plainText(1000), z.number(), z.null()]))
    .refine((fields) => Object.keys(fields).length <= 100, 'has more than 100 fields')
    .optional(),
  tags: z.array(plainText(100)).max(20).optional(),
  note: plainText(10_000).optional(),
  task: z.object({ text: plainText(1000), dueAt: instantText.optional() }).optional(),
  idempotencyKey: plainText(80).optional(),
})
type Body = z.infer<typeof bodySchema>

export function addAmocrmUpdate(server: Server, app: App): void {
  server.post(
    '/amocrm/update',
    {
      schema: {
        summary: 'Changes a lead in amoCRM: stage, fields, tags, note, task. Delivered through the outbox',
        security: [{ token: [] }],
        body: bodySchema,
        response: {
          202: queuedSchema,
        },
      },
    },
    async ({ body }, reply) => {
      if (body.turnId !== undefined && body.fencing !== undefined) {
        const answer = await updateCrmForTurn(app, { turnId: body.turnId, fencing: body.fencing })
        return reply
          .code(202)
          .send(answer.outcome === 'queued' ? answer : { outcome: 'superseded', outboxIds: [] })
      }
      if (body.leadId === undefined) {
        throw new Problem('invalid-request', 'leadId is needed', [
          { field: 'leadId', detail: 'is needed without turnId and fencing' },
        ])
      }
      const lead = await leadOr404(app.db, body.leadId)
      const payloads = payloadsOf(body)
      if (payloads.length === 0) {
        throw new Problem('invalid-request', 'Nothing to change', [
          { field: '(body)', detail: 'give at least one of stage, statusId, fields, tags, note, task' },
        ])
      }
      const key = body.idempotencyKey ?? randomUUID()
      const outboxIds: number[] = []
      for (const payload of payloads) {
        const item = {
          leadId: lead.id,
          turnId: null,
          channel: 'amocrm',
          key: `api:crm:${lead.id}:${key}:${payload.kind}`,
          payload,
        } as const
        outboxIds.push((await enqueue(app.db, item)).id)
      }
      app.wake.up('amocrm')
      return reply.code(202).send({ outcome: 'queued', outboxIds })
    },
  )
}

function payloadsOf({ stage, statusId, lossReason, fields, tags, note, task }: Body): AmocrmPayload[] {
  const changes = { stage, statusId, lossReason, fields, tags }
  return [
    ...(Object.values(changes).some((value) => value !== undefined)
      ? [{ kind: 'lead' as const, ...changes }]
      : []),
    ...(note ? [{ kind: 'note' as const, text: note }] : []),
    ...(task ? [{ kind: 'task' as const, text: task.text, dueAt: task.dueAt }] : []),
  ]
}
