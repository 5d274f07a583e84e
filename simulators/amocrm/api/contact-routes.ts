import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import {
  type ContactInput,
  addContact,
  checkContact,
  contactSchema,
  findContact,
  updateContact,
} from '../contacts.ts'
import { isHiddenContact } from '../incoming.ts'
import { readItems, readOne } from './body.ts'
import { passesCard } from './card-filters.ts'
import { contactView } from './card-views.ts'
import { selfLink, sendPage, sendWritten } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { entityNotFound, notSupportedChoice } from './problem.ts'
import { type Query, ordered, withOf } from './query.ts'

/** `/contacts` and `/contacts/{id}`. */
export function addContactRoutes(app: FastifyInstance, amo: Amocrm): void {
  app.get<{ Querystring: Query }>('/contacts', (request, reply) => {
    const wanted = withOf(request.query)
    const contacts = amo.world.contacts.filter(
      (contact) =>
        !contact.is_deleted && !isHiddenContact(amo.world, contact.id) && passesCard(contact, request.query),
    )
    const rows = ordered(contacts, request.query, ['id', 'updated_at'])
    return sendPage(request, reply, 'contacts', rows, (contact) => contactView(amo, request, contact, wanted))
  })

  app.get<{ Params: IdParams; Querystring: Query }>('/contacts/:id', (request, reply) => {
    const contact = findContact(amo, idOf(request))
    if (!contact || isHiddenContact(amo.world, contact.id)) return reply.code(204).send()
    return contactView(amo, request, contact, withOf(request.query))
  })

  app.post('/contacts', (request) => {
    const items = readItems(contactSchema, request.body, (input) => checkContact(amo, input))
    const written = items.map(({ body, requestId }) => {
      const { id } = addContact(amo, body)
      return { id, request_id: requestId, ...selfLink(request, `/api/v4/contacts/${id}`) }
    })
    return sendWritten(request, 'contacts', written)
  })

  app.patch<{ Params: IdParams }>('/contacts/:id', (request) => {
    const id = idOf(request)
    const contact = findContact(amo, id)
    if (!contact) throw entityNotFound('contacts', id)
    const body = readOne(contactSchema, request.body, (input) => checkContact(amo, input))
    updateContact(amo, contact, body)
    return { id, updated_at: contact.updated_at, ...selfLink(request, `/api/v4/contacts/${id}`) }
  })

  app.patch('/contacts', (request) => {
    const check = (input: ContactInput & { id: number }) =>
      findContact(amo, input.id) ? checkContact(amo, input) : [notSupportedChoice('id')]
    const items = readItems(contactSchema.extend({ id: z.int() }), request.body, check)
    const written = items.flatMap(({ body }) => {
      const contact = findContact(amo, body.id)
      if (!contact) return []
      updateContact(amo, contact, body)
      const { id, updated_at } = contact
      return [{ id, updated_at, ...selfLink(request, `/api/v4/contacts/${id}`) }]
    })
    return sendWritten(request, 'contacts', written)
  })
}
