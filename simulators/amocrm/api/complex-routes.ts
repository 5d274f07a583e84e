import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { addContact, checkContact, contactSchema } from '../contacts.ts'
import { checkLead, leadPatchSchema } from '../lead-input.ts'
import { addLead } from '../leads.ts'
import { tagsSchema } from '../tags.ts'
import { readItems } from './body.ts'
import { Problem } from './problem.ts'

const maxLeads = 50

const complexSchema = leadPatchSchema.omit({ id: true }).extend({
  _embedded: z
    .strictObject({
      tags: tagsSchema,
      contacts: z.array(contactSchema).max(1).optional(),
      companies: z.array(z.looseObject({})).max(0).optional(),
      metadata: z.looseObject({}).optional(),
      source: z.looseObject({}).optional(),
    })
    .optional(),
})

const contactsIn = ({ _embedded: embedded }: z.output<typeof complexSchema>) => embedded?.contacts ?? []

/** `POST /leads/complex`: leads with a new contact each, answered as a plain array. There is no duplicate control. */
export function addComplexRoutes(app: FastifyInstance, amo: Amocrm): void {
  app.post('/leads/complex', (request) => {
    if (Array.isArray(request.body) && request.body.length > maxLeads) {
      throw new Problem(
        422,
        'Unprocessable Entity',
        `The limit of ${maxLeads} leads in one request is exceeded`,
      )
    }
    const items = readItems(complexSchema, request.body, (input) => [
      ...checkLead(amo, input),
      ...contactsIn(input).flatMap((contact, index) =>
        checkContact(amo, contact).map((error) => ({
          ...error,
          path: `_embedded.contacts.${index}.${error.path}`,
        })),
      ),
    ])
    return items.map(({ body, requestId }) => {
      const [input] = contactsIn(body)
      const contact = input && addContact(amo, input)
      const lead = addLead(amo, body, contact ? [{ id: contact.id, is_main: true }] : [])
      return {
        id: lead.id,
        contact_id: contact?.id ?? null,
        company_id: null,
        request_id: [requestId],
        merged: false,
      }
    })
  })
}
