import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Amocrm } from '../amocrm.ts'
import { notSupportedChoice } from '../api/problem.ts'
import { unixNow } from '../clock.ts'
import { nextId } from '../next-id.ts'
import { refuse } from './person.ts'

const requiredSchema = z.strictObject({
  fieldId: z.int(),
  statuses: z.array(z.strictObject({ statusId: z.int(), pipelineId: z.int() })),
})

const accountSchema = z.strictObject({
  isLossReasonEnabled: z.boolean().optional(),
  lists: z.enum(['live', 'deleted models']).optional(),
  filters: z.enum(['work', 'ignored', 'refused 400', 'refused 402', 'refused 403']).optional(),
  order: z.enum(['work', 'ignored']).optional(),
  incomingHooks: z.enum(['nobody', 'add_lead']).optional(),
  incomingLead: z.enum(['readable', 'hidden']).optional(),
  incomingContact: z.enum(['hidden', 'readable']).optional(),
  linking: z.enum(['silent', 'told']).optional(),
  webhooks: z.enum(['allowed', 'refused 402', 'refused 422']).optional(),
  rights: z.enum(['admin', 'user']).optional(),
})
const fieldTypeSchema = z.strictObject({
  fieldId: z.int(),
  type: z.string().min(1),
  choices: z.array(z.string().min(1)).optional(),
})
const rawValueSchema = z.strictObject({
  cardId: z.int(),
  fieldId: z.int(),
  values: z.array(z.record(z.string(), z.unknown())),
})

/** Settings that an admin makes in the CRM: loss reasons on or off, fields that a stage asks for. */
export function addAccountControl(app: FastifyInstance, amo: Amocrm): void {
  app.post('/_sim/account', (request, reply) => {
    const body = parseControl(accountSchema, request, reply)
    if (!body) return reply
    const { isLossReasonEnabled = amo.world.isLossReasonEnabled, ...traits } = body
    amo.world.isLossReasonEnabled = isLossReasonEnabled
    Object.assign(amo.world.traits, traits)
    amo.changed()
    return { isLossReasonEnabled, ...amo.world.traits }
  })

  /** As if the field had been set up so: another type in its place. What was in it is gone. */
  app.post('/_sim/fields/type', (request, reply) => {
    const body = parseControl(fieldTypeSchema, request, reply)
    if (!body) return reply
    const field = amo.world.fields.find((one) => one.id === body.fieldId)
    if (!field) return refuse([notSupportedChoice('fieldId')])
    field.type = body.type
    field.enums =
      body.choices?.map((value, index) => ({ id: nextId(amo.world, 'enum'), value, sort: index + 1 })) ?? null
    for (const card of [...amo.world.leads, ...amo.world.contacts]) delete card.fields[field.id]
    amo.changed()
    return reply.code(204).send()
  })

  /** Takes a field out of the account, as an admin does. */
  app.post('/_sim/fields/delete', (request, reply) => {
    const body = parseControl(z.strictObject({ fieldId: z.int() }), request, reply)
    if (!body) return reply
    amo.world.fields = amo.world.fields.filter((one) => one.id !== body.fieldId)
    amo.changed()
    return reply.code(204).send()
  })

  /** Makes a lead as old as it would be, had it waited. */
  app.post('/_sim/leads/made', (request, reply) => {
    const schema = z.strictObject({ leadId: z.int(), secondsAgo: z.int().min(0) })
    const body = parseControl(schema, request, reply)
    if (!body) return reply
    const lead = amo.world.leads.find((one) => one.id === body.leadId)
    if (!lead) return refuse([notSupportedChoice('leadId')])
    lead.created_at = unixNow() - body.secondsAgo
    amo.changed()
    return reply.code(204).send()
  })

  /** Puts a value of any shape into a field, as kinds of fields have them that nobody writes by the API. */
  app.post('/_sim/fields/raw', (request, reply) => {
    const body = parseControl(rawValueSchema, request, reply)
    if (!body) return reply
    const card = [...amo.world.leads, ...amo.world.contacts].find((one) => one.id === body.cardId)
    if (!card) return refuse([notSupportedChoice('cardId')])
    card.fields[body.fieldId] = body.values.map((raw) => ({ value: '', raw }))
    card.updated_at = unixNow()
    amo.changed()
    return reply.code(204).send()
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
