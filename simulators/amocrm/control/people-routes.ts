import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Amocrm } from '../amocrm.ts'
import { entityNotFound, Problem } from '../api/problem.ts'
import type { IdParams } from '../api/params.ts'
import { findContact, setContactDeleted, updateContact } from '../contacts.ts'
import { findLead } from '../leads.ts'
import { addTask, checkTask, deleteTask, updateTask } from '../tasks.ts'
import { acceptUnsorted, addUnsorted, declineUnsorted } from '../unsorted.ts'
import { checkPerson, person, refuse } from './person.ts'
import { written } from './written-fields.ts'

const text = z.string().trim().min(1)
const taskSchema = z.strictObject({
  text,
  completeTill: z.int(),
  taskTypeId: z.literal([1, 2]).optional(),
  by: person,
})
const completeSchema = z.strictObject({ result: z.string().optional(), by: person })
const unsortedSchema = z.strictObject({
  name: z.string().optional(),
  formName: z.string().default('Form'),
  contact: z.strictObject({
    name: text,
    phone: z.string().optional(),
    email: z.string().optional(),
    telegram: z.string().optional(),
  }),
  /** The form is nobody's; taken so that the page can send the same to all routes. */
  by: person,
})

/** What a person does in the CRM besides leads: contacts, tasks, incoming leads. */
export function addPeopleRoutes(app: FastifyInstance, amo: Amocrm): void {
  const contactOf = ({ id }: IdParams) => {
    const contact = findContact(amo, Number(id))
    if (!contact) throw entityNotFound('contacts', Number(id))
    return contact
  }
  const taskOf = ({ id }: IdParams) => {
    const task = amo.world.tasks.find((one) => one.id === Number(id))
    if (!task) throw entityNotFound('tasks', Number(id))
    return task
  }

  app.post<{ Params: IdParams }>('/_sim/contacts/:id/change', (request, reply) => {
    const contact = contactOf(request.params)
    const schema = z.strictObject({
      name: text.optional(),
      responsibleUserId: z.int().optional(),
      fields: z.record(z.string(), z.string()).default({}),
      by: person,
    })
    const body = parseControl(schema, request, reply)
    if (!body) return reply
    refuse(checkPerson(amo, body.by))
    const values = written(amo, 'contacts', body.fields)
    const { name, responsibleUserId: responsible_user_id, by: updated_by } = body
    updateContact(amo, contact, { name, responsible_user_id, updated_by, custom_fields_values: values })
    return reply.code(204).send()
  })

  for (const [action, deleted] of [
    ['delete', true],
    ['restore', false],
  ] as const) {
    app.post<{ Params: IdParams }>(`/_sim/contacts/:id/${action}`, (request, reply) => {
      const contact = contactOf(request.params)
      const body = parseControl(z.looseObject({ by: person }), request, reply)
      if (!body) return reply
      refuse(checkPerson(amo, body.by))
      setContactDeleted(amo, contact, deleted, body.by)
      return reply.code(204).send()
    })
  }

  app.post<{ Params: IdParams }>('/_sim/leads/:id/task', (request, reply) => {
    const id = Number(request.params.id)
    if (!findLead(amo, id)) throw entityNotFound('leads', id)
    const body = parseControl(taskSchema, request, reply)
    if (!body) return reply
    const target = { entity_type: 'leads' as const, entity_id: id }
    refuse([...checkPerson(amo, body.by), ...checkTask(amo, target)])
    const { by, completeTill: complete_till, taskTypeId: task_type_id } = body
    const owner = { created_by: by, responsible_user_id: by || undefined }
    const task = addTask(amo, { ...target, ...owner, text: body.text, complete_till, task_type_id })
    return reply.code(201).send({ taskId: task.id })
  })

  app.post<{ Params: IdParams }>('/_sim/tasks/:id/complete', (request, reply) => {
    const task = taskOf(request.params)
    const body = parseControl(completeSchema, request, reply)
    if (!body) return reply
    refuse(checkPerson(amo, body.by))
    const result = body.result === undefined ? undefined : { text: body.result }
    updateTask(amo, task, { is_completed: true, result, updated_by: body.by })
    return reply.code(204).send()
  })

  app.post<{ Params: IdParams }>('/_sim/tasks/:id/delete', (request, reply) => {
    const task = taskOf(request.params)
    const body = parseControl(z.looseObject({ by: person }), request, reply)
    if (!body) return reply
    refuse(checkPerson(amo, body.by))
    deleteTask(amo, task, body.by)
    return reply.code(204).send()
  })

  /** A form on a site was filled in: an incoming lead. */
  app.post('/_sim/unsorted', (request, reply) => {
    const body = parseControl(unsortedSchema, request, reply)
    if (!body) return reply
    const { name, phone, email, telegram } = body.contact
    const filled = {
      ...(phone && { PHONE: phone }),
      ...(email && { EMAIL: email }),
      ...(telegram && { TELEGRAM: telegram }),
    }
    const {
      uid,
      lead_id: leadId,
      contact_id: contactId,
    } = addUnsorted(amo, {
      category: 'forms',
      source_uid: 'form-1',
      source_name: body.formName,
      metadata: { form_id: 'form-1', form_name: body.formName },
      lead: { name: body.name },
      contact: { name, custom_fields_values: written(amo, 'contacts', filled) },
    })
    return reply.code(201).send({ uid, leadId, contactId })
  })

  for (const action of ['accept', 'decline'] as const) {
    app.post<{ Params: { id: string } }>(`/_sim/leads/:id/${action}`, (request, reply) => {
      const schema = z.strictObject({ statusId: z.int().optional(), by: person })
      const body = parseControl(schema, request, reply)
      if (!body) return reply
      refuse(checkPerson(amo, body.by))
      const leadId = Number(request.params.id)
      const item = amo.world.unsorted.find((one) => one.lead_id === leadId && one.state === 'new')
      if (!item) throw new Problem(404, 'Not Found', 'There is no incoming lead with this id')
      if (action === 'accept') acceptUnsorted(amo, item, body.by, body.statusId)
      else declineUnsorted(amo, item, body.by)
      return reply.code(204).send()
    })
  }
}
