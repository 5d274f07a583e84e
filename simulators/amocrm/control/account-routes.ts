import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Amocrm } from '../amocrm.ts'
import { notSupportedChoice } from '../api/problem.ts'
import { refuse } from './person.ts'

const requiredSchema = z.strictObject({
  fieldId: z.int(),
  statuses: z.array(z.strictObject({ statusId: z.int(), pipelineId: z.int() })),
})

/** Settings that an admin makes in the CRM: loss reasons on or off, fields that a stage asks for. */
export function addAccountControl(app: FastifyInstance, amo: Amocrm): void {
  app.post('/_sim/account', (request, reply) => {
    const body = parseControl(z.strictObject({ isLossReasonEnabled: z.boolean() }), request, reply)
    if (!body) return reply
    amo.world.isLossReasonEnabled = body.isLossReasonEnabled
    amo.changed()
    return body
  })

  app.post('/_sim/users', (request, reply) => {
    const body = parseControl(
      z.strictObject({ name: z.string().trim().min(1), email: z.email() }),
      request,
      reply,
    )
    if (!body) return reply
    const user = { id: Math.max(...amo.world.users.map(({ id }) => id)) + 1, ...body }
    amo.world.users.push({ ...amo.world.users[0]!, ...user })
    amo.changed()
    return reply.code(201).send({ id: user.id })
  })

  app.post('/_sim/fields/required', (request, reply) => {
    const body = parseControl(requiredSchema, request, reply)
    if (!body) return reply
    const field = amo.world.fields.find((one) => one.id === body.fieldId)
    if (!field) return refuse([notSupportedChoice('fieldId')])
    field.requiredStatuses = body.statuses
    amo.changed()
    return reply.code(204).send()
  })
}
