import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { unixNow } from '../clock.ts'
import { findContact } from '../contacts.ts'
import { fireLead } from '../hooks/card-hooks.ts'
import { findLead } from '../leads.ts'
import { linkContacts, unlinkContacts } from '../links.ts'
import type { FieldEntity, Lead } from '../world.ts'
import { readItems } from './body.ts'
import { selfLink } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { entityNotFound, notSupportedChoice } from './problem.ts'

const linkSchema = z.strictObject({
  to_entity_id: z.int(),
  to_entity_type: z.literal(['leads', 'contacts', 'companies', 'customers', 'catalog_elements']),
  metadata: z.looseObject({ is_main: z.boolean().optional() }).nullish(),
})
type LinkInput = z.output<typeof linkSchema>

/** `/{entity}/{id}/links`, `/link` and `/unlink` between leads and contacts. */
export function addLinkRoutes(app: FastifyInstance, amo: Amocrm): void {
  for (const entity of ['leads', 'contacts'] as const) {
    const other: FieldEntity = entity === 'leads' ? 'contacts' : 'leads'
    const find = (kind: FieldEntity, id: number) =>
      kind === 'leads' ? findLead(amo, id) : findContact(amo, id)
    const known = (id: number) => {
      if (!find(entity, id)) throw entityNotFound(entity, id)
      return id
    }
    const check = (input: LinkInput) => {
      if (input.to_entity_type !== other) return [notSupportedChoice('to_entity_type')]
      return find(other, input.to_entity_id) ? [] : [notSupportedChoice('to_entity_id')]
    }
    /** The lead and the contact that a link from `id` joins. */
    const ends = (id: number, input: LinkInput): { lead: Lead | undefined; contactId: number } =>
      entity === 'leads'
        ? { lead: findLead(amo, id), contactId: input.to_entity_id }
        : { lead: findLead(amo, input.to_entity_id), contactId: id }

    app.get<{ Params: IdParams }>(`/${entity}/:id/links`, (request) => {
      const id = known(idOf(request))
      return {
        ...selfLink(request, `/api/v4/${entity}/${id}/links`),
        _embedded: { links: linksOf(amo, entity, id) },
      }
    })

    app.post<{ Params: IdParams }>(`/${entity}/:id/link`, (request) => {
      const id = known(idOf(request))
      const items = readItems(linkSchema, request.body, check)
      for (const { body } of items) {
        const { lead, contactId } = ends(id, body)
        if (!lead) continue
        lead.contacts = linkContacts(lead.contacts, [{ id: contactId, is_main: body.metadata?.is_main }])
        amo.journal.add('link', { leadId: lead.id, contactId })
        if (amo.world.traits.linking === 'told') tellOfLink(amo, lead)
      }
      amo.changed()
      const links = items.map(({ body }) => ({ entity_id: id, entity_type: entity, ...body }))
      return {
        _total_items: links.length,
        ...selfLink(request, `/api/v4/${entity}/${id}/links`),
        _embedded: { links },
      }
    })

    app.post<{ Params: IdParams }>(`/${entity}/:id/unlink`, (request, reply) => {
      const id = known(idOf(request))
      for (const { body } of readItems(linkSchema, request.body, check)) {
        const { lead, contactId } = ends(id, body)
        if (!lead) continue
        lead.contacts = unlinkContacts(lead.contacts, [contactId])
        amo.journal.add('unlink', { leadId: lead.id, contactId })
      }
      amo.changed()
      return reply.code(204).send()
    })
  }
}

function tellOfLink(amo: Amocrm, lead: Lead): void {
  lead.updated_at = unixNow()
  fireLead(amo, 'update', lead)
}

function linksOf(amo: Amocrm, entity: FieldEntity, id: number): object[] {
  if (entity === 'leads') {
    return (findLead(amo, id)?.contacts ?? []).map((link) => ({
      to_entity_id: link.id,
      to_entity_type: 'contacts',
      metadata: { main_contact: link.is_main },
    }))
  }
  return amo.world.leads.flatMap((lead) =>
    lead.contacts
      .filter((link) => link.id === id)
      .map((link) => ({
        to_entity_id: lead.id,
        to_entity_type: 'leads',
        metadata: { main_contact: link.is_main },
      })),
  )
}
