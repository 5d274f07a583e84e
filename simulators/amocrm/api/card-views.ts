import type { FastifyRequest } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { fieldsOf } from '../fields.ts'
import { fieldsView } from '../field-views.ts'
import { accountId } from '../seed.ts'
import { tagsOf } from '../tags.ts'
import type { Contact, FieldEntity, Lead } from '../world.ts'
import { selfLink } from './hal.ts'

/** A lead as REST shows it; `wanted` are the names in `with`. */
export function leadView(amo: Amocrm, request: FastifyRequest, lead: Lead, wanted: Set<string>): object {
  const reason = amo.world.lossReasons.find((one) => one.id === lead.loss_reason_id)
  return {
    id: lead.id,
    name: lead.name,
    price: lead.price,
    responsible_user_id: lead.responsible_user_id,
    group_id: 0,
    status_id: lead.status_id,
    pipeline_id: lead.pipeline_id,
    loss_reason_id: lead.loss_reason_id,
    created_by: lead.created_by,
    updated_by: lead.updated_by,
    created_at: lead.created_at,
    updated_at: lead.updated_at,
    closed_at: lead.closed_at,
    closest_task_at: closestTask(amo, 'leads', lead.id),
    is_deleted: lead.is_deleted,
    custom_fields_values: fieldsView(fieldsOf(amo.world, 'leads'), lead.fields),
    score: null,
    account_id: accountId,
    labor_cost: null,
    is_price_computed: false,
    ...(wanted.has('is_price_modified_by_robot') ? { is_price_modified_by_robot: false } : {}),
    ...(wanted.has('source_id') ? { source_id: null } : {}),
    ...selfLink(request, `/api/v4/leads/${lead.id}`),
    _embedded: {
      tags: tagsView(amo, lead.tags),
      companies: [],
      ...(wanted.has('contacts')
        ? { contacts: lead.contacts.map((link) => contactLink(request, link)) }
        : {}),
      ...(wanted.has('loss_reason') && reason ? { loss_reason: [reason] } : {}),
      ...(wanted.has('catalog_elements') ? { catalog_elements: [] } : {}),
    },
  }
}

const contactLink = (request: FastifyRequest, link: Lead['contacts'][number]) => ({
  id: link.id,
  is_main: link.is_main,
  ...selfLink(request, `/api/v4/contacts/${link.id}`),
})

/** A contact as REST shows it; `wanted` are the names in `with`. */
export function contactView(
  amo: Amocrm,
  request: FastifyRequest,
  contact: Contact,
  wanted: Set<string>,
): object {
  const leads = amo.world.leads.filter((lead) => lead.contacts.some((link) => link.id === contact.id))
  return {
    id: contact.id,
    name: contact.name,
    first_name: contact.first_name,
    last_name: contact.last_name,
    responsible_user_id: contact.responsible_user_id,
    group_id: 0,
    created_by: contact.created_by,
    updated_by: contact.updated_by,
    created_at: contact.created_at,
    updated_at: contact.updated_at,
    closest_task_at: closestTask(amo, 'contacts', contact.id),
    is_deleted: contact.is_deleted,
    is_unsorted: false,
    custom_fields_values: fieldsView(fieldsOf(amo.world, 'contacts'), contact.fields),
    account_id: accountId,
    ...selfLink(request, `/api/v4/contacts/${contact.id}`),
    _embedded: {
      tags: tagsView(amo, contact.tags),
      companies: [],
      ...(wanted.has('leads')
        ? { leads: leads.map((lead) => ({ id: lead.id, ...selfLink(request, `/api/v4/leads/${lead.id}`) })) }
        : {}),
      ...(wanted.has('customers') ? { customers: [] } : {}),
      ...(wanted.has('catalog_elements') ? { catalog_elements: [] } : {}),
    },
  }
}

const tagsView = (amo: Amocrm, ids: number[]) =>
  tagsOf(amo.world, ids).map((tag) => ({ ...tag, color: null }))

function closestTask(amo: Amocrm, entity: FieldEntity, id: number): number | null {
  const open = amo.world.tasks.filter(
    (task) => task.entity_type === entity && task.entity_id === id && !task.is_completed,
  )
  return open.length > 0 ? Math.min(...open.map((task) => task.complete_till)) : null
}
