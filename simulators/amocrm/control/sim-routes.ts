import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Amocrm } from '../amocrm.ts'
import { entityNotFound } from '../api/problem.ts'
import type { IdParams } from '../api/params.ts'
import { addContact } from '../contacts.ts'
import { type LeadInput, checkLead } from '../lead-input.ts'
import { addLead, findLead, setLeadDeleted, updateLead } from '../leads.ts'
import { addNote } from '../notes.ts'
import type { Lead } from '../world.ts'
import { boardView } from './board-view.ts'
import { cardView } from './card-view.ts'
import { checkPerson, person, refuse } from './person.ts'
import { written } from './written-fields.ts'

const text = z.string().trim().min(1)
const newLeadSchema = z.strictObject({
  name: z.string().optional(),
  price: z.int().min(0).optional(),
  /** Null: a lead without a contact, as many begin. */
  contact: z
    .strictObject({
      name: text,
      phone: z.string().optional(),
      email: z.string().optional(),
      telegram: z.string().optional(),
    })
    .nullable(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  tags: z.array(text).optional(),
  by: person,
})

const moveSchema = z.strictObject({
  statusId: z.int().optional(),
  pipelineId: z.int().optional(),
  lossReasonId: z.int().nullish(),
  by: person,
})
const fieldsSchema = z.strictObject({
  name: z.string().min(1).optional(),
  price: z.int().min(0).optional(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  by: person,
})

/** The control routes of this simulator: what a person does in the CRM, and its limits. They need no token. */
export function addSimRoutes(app: FastifyInstance, amo: Amocrm): void {
  const leadOf = ({ id }: IdParams): Lead => {
    const lead = findLead(amo, Number(id))
    if (!lead) throw entityNotFound('leads', Number(id))
    return lead
  }
  const change = (lead: Lead, input: LeadInput, by: number) => {
    refuse([...checkLead(amo, input, lead), ...checkPerson(amo, by)])
    updateLead(amo, lead, { ...input, updated_by: by })
    return cardView(amo, lead)
  }

  app.post('/_sim/leads', (request, reply) => {
    const body = parseControl(newLeadSchema, request, reply)
    if (!body) return reply
    const { name, phone, email, telegram } = body.contact ?? { name: '' }
    refuse(checkPerson(amo, body.by))
    const people = { created_by: body.by, responsible_user_id: body.by || undefined }
    const input: LeadInput = {
      ...people,
      name: body.name,
      price: body.price,
      custom_fields_values: written(amo, 'leads', body.fields ?? {}),
      tags_to_add: body.tags?.map((tag) => ({ name: tag })),
    }
    refuse(checkLead(amo, input))
    const filled = {
      ...(phone && { PHONE: phone }),
      ...(email && { EMAIL: email }),
      ...(telegram && { TELEGRAM: telegram }),
    }
    const contact =
      body.contact &&
      addContact(amo, { ...people, name, custom_fields_values: written(amo, 'contacts', filled) })
    const lead = addLead(amo, input, contact ? [{ id: contact.id, is_main: true }] : [])
    return reply.code(201).send({ leadId: lead.id, contactId: contact?.id ?? null })
  })

  app.get('/_sim/board', () => boardView(amo))
  app.get<{ Params: IdParams }>('/_sim/leads/:id', (request) => cardView(amo, leadOf(request.params)))

  app.post<{ Params: IdParams }>('/_sim/leads/:id/move', (request, reply) => {
    const lead = leadOf(request.params)
    const body = parseControl(moveSchema, request, reply)
    if (!body) return reply
    const input = {
      status_id: body.statusId,
      pipeline_id: body.pipelineId,
      loss_reason_id: body.lossReasonId,
    }
    return change(lead, input, body.by)
  })

  app.post<{ Params: IdParams }>('/_sim/leads/:id/responsible', (request, reply) => {
    const lead = leadOf(request.params)
    const body = parseControl(z.strictObject({ userId: z.int(), by: person }), request, reply)
    return body ? change(lead, { responsible_user_id: body.userId }, body.by) : reply
  })

  app.post<{ Params: IdParams }>('/_sim/leads/:id/fields', (request, reply) => {
    const lead = leadOf(request.params)
    const body = parseControl(fieldsSchema, request, reply)
    if (!body) return reply
    const { name, price, fields = {}, by } = body
    return change(lead, { name, price, custom_fields_values: written(amo, 'leads', fields) }, by)
  })

  app.post<{ Params: IdParams }>('/_sim/leads/:id/note', (request, reply) => {
    const lead = leadOf(request.params)
    const body = parseControl(z.strictObject({ text, by: person }), request, reply)
    if (!body) return reply
    refuse(checkPerson(amo, body.by))
    const note = { note_type: 'common', params: { text: body.text }, created_by: body.by }
    addNote(amo, 'leads', lead.id, { ...note, responsible_user_id: lead.responsible_user_id })
    return cardView(amo, lead)
  })

  for (const [action, deleted] of [
    ['delete', true],
    ['restore', false],
  ] as const) {
    app.post<{ Params: IdParams }>(`/_sim/leads/:id/${action}`, (request, reply) => {
      const lead = leadOf(request.params)
      const body = parseControl(z.looseObject({ by: person }), request, reply)
      if (!body) return reply
      refuse(checkPerson(amo, body.by))
      setLeadDeleted(amo, lead, deleted, body.by)
      return cardView(amo, lead)
    })
  }

  /** Also ends a block and counts requests over the limit from zero again. */
  app.post('/_sim/limits', (request, reply) => {
    const schema = z.strictObject({
      perSecond: z.int().min(1).nullable(),
      retryAfter: z.int().min(0).default(1),
      format: z.enum(['json', 'html']).default('json'),
      blockAfter: z.int().min(1).nullable().default(null),
    })
    const body = parseControl(schema, request, reply)
    if (!body) return reply
    Object.assign(amo.world, { limits: body, violations: 0, isBlocked: false })
    amo.changed()
    return amo.world.limits
  })
}
