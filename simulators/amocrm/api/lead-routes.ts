import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { findContact } from '../contacts.ts'
import { type LeadInput, checkLead, leadPatchSchema, newLeadSchema } from '../lead-input.ts'
import { addLead, findLead, updateLead } from '../leads.ts'
import { isIncomingLead } from '../incoming.ts'
import { linkContacts } from '../links.ts'
import type { Lead } from '../world.ts'
import { readItems, readOne } from './body.ts'
import { passesCard, passesLead } from './card-filters.ts'
import { leadView } from './card-views.ts'
import { selfLink, sendPage, sendWritten } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { entityNotFound, notSupportedChoice } from './problem.ts'
import { type Query, ordered, withOf } from './query.ts'

/** `/leads` and `/leads/{id}`. */
export function addLeadRoutes(app: FastifyInstance, amo: Amocrm): void {
  app.get<{ Querystring: Query }>('/leads', (request, reply) => {
    const wanted = withOf(request.query)
    const deleted = wanted.has('only_deleted')
    const leads = amo.world.leads.filter(
      (lead) =>
        !isIncomingLead(amo.world, lead.id) &&
        (lead.is_deleted === deleted || amo.world.traits.lists === 'deleted models') &&
        passesCard(lead, request.query) &&
        passesLead(lead, request.query),
    )
    const rows = ordered(leads, request.query, ['id', 'created_at', 'updated_at'])
    return sendPage(request, reply, 'leads', rows, (lead) =>
      lead.is_deleted && !deleted ? deletedView(lead) : leadView(amo, request, lead, wanted),
    )
  })

  app.get<{ Params: IdParams; Querystring: Query }>('/leads/:id', (request, reply) => {
    const lead = findLead(amo, idOf(request))
    const isHidden = amo.world.traits.incomingLead === 'hidden' && isIncomingLead(amo.world, idOf(request))
    if (!lead || isHidden) return reply.code(204).send()
    if (lead.is_deleted && amo.world.traits.lists === 'deleted models') return deletedView(lead)
    return leadView(amo, request, lead, withOf(request.query))
  })

  app.post('/leads', (request) => {
    const items = readItems(newLeadSchema, request.body, (input) => [
      ...checkLead(amo, input),
      ...unknownContacts(amo, input),
    ])
    const written = items.map(({ body, requestId }) => {
      const contacts = linkContacts([], contactsIn(body))
      const lead = addLead(amo, body, contacts)
      return { id: lead.id, request_id: requestId, ...selfLink(request, `/api/v4/leads/${lead.id}`) }
    })
    return sendWritten(request, 'leads', written)
  })

  app.patch<{ Params: IdParams }>('/leads/:id', (request) => {
    const id = idOf(request)
    const lead = findLead(amo, id)
    if (!lead) throw entityNotFound('leads', id)
    const body = readOne(leadPatchSchema, request.body, (input) => checkLead(amo, input, lead))
    updateLead(amo, lead, body)
    return { id, updated_at: lead.updated_at, ...selfLink(request, `/api/v4/leads/${id}`) }
  })

  app.patch('/leads', (request) => {
    const schema = leadPatchSchema.extend({ id: z.int() })
    const check = (input: LeadInput & { id: number }) => {
      const lead = findLead(amo, input.id)
      return lead ? checkLead(amo, input, lead) : [notSupportedChoice('id')]
    }
    const items = readItems(schema, request.body, check)
    const written = items.flatMap(({ body }) => {
      const lead = findLead(amo, body.id)
      if (!lead) return []
      updateLead(amo, lead, body)
      const { id, updated_at } = lead
      return [{ id, updated_at, ...selfLink(request, `/api/v4/leads/${id}`) }]
    })
    return sendWritten(request, 'leads', written)
  })
}

/** All that is left of what was deleted. */
const deletedView = ({ id, updated_at }: Lead) => ({ id, updated_at, is_deleted: true })

const contactsIn = ({ _embedded: embedded }: z.output<typeof newLeadSchema>) => embedded?.contacts ?? []

const unknownContacts = (amo: Amocrm, input: z.output<typeof newLeadSchema>) =>
  contactsIn(input).flatMap((contact, index) =>
    findContact(amo, contact.id) ? [] : [notSupportedChoice(`_embedded.contacts.${index}.id`)],
  )
