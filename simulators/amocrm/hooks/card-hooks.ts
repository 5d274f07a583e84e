import type { Amocrm } from '../amocrm.ts'
import { fieldsOf } from '../fields.ts'
import { hookFields } from '../field-views.ts'
import { accountId } from '../seed.ts'
import { tagsOf } from '../tags.ts'
import type { Card, Contact, FieldEntity, Lead } from '../world.ts'
import { accountBlock } from './account-block.ts'

type LeadAction = 'add' | 'update' | 'status' | 'responsible' | 'delete' | 'restore'

/** What a lead or contact was before a change, as far as it changed. */
export type Before = { status_id?: number; pipeline_id?: number; responsible_user_id?: number }

/** Sends `leads[action][0]` as event `<action>_lead`. */
export function fireLead(amo: Amocrm, action: LeadAction, lead: Lead, before: Before = {}): void {
  const deleted = { id: lead.id, status_id: lead.status_id, pipeline_id: lead.pipeline_id }
  const item = action === 'delete' ? deleted : leadItem(amo, lead, before)
  const tree = { account: accountBlock(amo), leads: { [action]: [item] } }
  amo.hooks.fire({ event: `${action}_lead`, leadId: lead.id, tree })
  if (action === 'add' || action === 'status') firePipeline(amo, action, lead, before)
}

/** The digital pipeline's own hook when a lead comes to a stage: ids and nothing else. */
function firePipeline(amo: Amocrm, action: 'add' | 'status', lead: Lead, before: Before): void {
  const { id, status_id, pipeline_id } = lead
  const item = {
    id,
    status_id,
    pipeline_id,
    old_status_id: before.status_id,
    old_pipeline_id: before.pipeline_id,
  }
  const tree = { account: accountBlock(amo), leads: { [action]: [item] } }
  amo.hooks.fire({ event: `pipeline_${action}`, leadId: id, tree, stage: status_id })
}

function leadItem(amo: Amocrm, lead: Lead, before: Before) {
  return {
    id: lead.id,
    name: lead.name,
    status_id: lead.status_id,
    old_status_id: before.status_id,
    price: lead.price,
    responsible_user_id: lead.responsible_user_id,
    old_responsible_user_id: before.responsible_user_id,
    last_modified: lead.updated_at,
    modified_user_id: lead.updated_by,
    created_user_id: lead.created_by,
    date_create: lead.created_at,
    pipeline_id: lead.pipeline_id,
    old_pipeline_id: before.pipeline_id,
    ...cardTail(amo, 'leads', lead),
  }
}

/** Sends `contacts[add|update|delete|restore][0]` as event `<action>_contact`. */
export function fireContact(
  amo: Amocrm,
  action: 'add' | 'update' | 'delete' | 'restore',
  contact: Contact,
  before: Before = {},
): void {
  const item = action === 'delete' ? { id: contact.id, type: 'contact' } : contactItem(amo, contact, before)
  const tree = { account: accountBlock(amo), contacts: { [action]: [item] } }
  amo.hooks.fire({ event: `${action}_contact`, tree })
}

function contactItem(amo: Amocrm, contact: Contact, before: Before) {
  const leads = amo.world.leads.filter((lead) => lead.contacts.some((link) => link.id === contact.id))
  return {
    id: contact.id,
    name: contact.name,
    responsible_user_id: contact.responsible_user_id,
    old_responsible_user_id: before.responsible_user_id,
    date_create: contact.created_at,
    last_modified: contact.updated_at,
    created_user_id: contact.created_by,
    modified_user_id: contact.updated_by,
    linked_leads_id: Object.fromEntries(leads.map((lead) => [lead.id, { ID: lead.id }])),
    ...cardTail(amo, 'contacts', contact),
    type: 'contact',
  }
}

const cardTail = (amo: Amocrm, entity: FieldEntity, card: Card) => ({
  tags: tagsOf(amo.world, card.tags),
  account_id: accountId,
  custom_fields: hookFields(fieldsOf(amo.world, entity), card.fields, amo.timeZone),
  created_at: card.created_at,
  updated_at: card.updated_at,
})
