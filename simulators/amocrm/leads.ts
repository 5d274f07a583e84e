import type { Amocrm } from './amocrm.ts'
import { nextId } from './next-id.ts'
import { unixNow } from './clock.ts'
import { bare, codeOf } from './field-views.ts'
import { fieldsOf } from './fields.ts'
import { readFields } from './field-input.ts'
import { type Before, fireLead } from './hooks/card-hooks.ts'
import { type LeadInput, pipelineFor } from './lead-input.ts'
import { addLogEvent } from './log-events.ts'
import { integrationUserId, lostStatusId, wonStatusId } from './seed.ts'
import { changeTags, tagsOf } from './tags.ts'
import type { Lead } from './world.ts'

export const findLead = (amo: Amocrm, id: number): Lead | undefined =>
  amo.world.leads.find((lead) => lead.id === id)

/**
 * Adds a lead with links to existing contacts, writes the journal and fires `add_lead` unless it is silent. The input has
 * been checked.
 */
export function addLead(amo: Amocrm, input: LeadInput, contacts: Lead['contacts'], isSilent = false): Lead {
  const id = nextId(amo.world, 'lead')
  const now = unixNow()
  const by = input.created_by ?? integrationUserId
  const pipeline = pipelineFor(amo, input)
  if (!pipeline) throw new Error('the pipeline has not been checked')
  const first = pipeline.statuses.find((status) => status.type === 0)
  const lead: Lead = {
    id,
    name: input.name || `${amo.lang === 'ru' ? 'Сделка' : 'Lead'} #${id}`,
    price: input.price ?? 0,
    responsible_user_id: input.responsible_user_id ?? integrationUserId,
    status_id: input.status_id ?? first?.id ?? 0,
    pipeline_id: pipeline.id,
    loss_reason_id: null,
    created_by: by,
    updated_by: input.updated_by ?? by,
    created_at: input.created_at ?? now,
    updated_at: input.updated_at ?? now,
    closed_at: null,
    is_deleted: false,
    fields: readFields(fieldsOf(amo.world, 'leads'), input.custom_fields_values, amo.timeZone).fields,
    tags: changeTags(amo.world, 'leads', [], tagChanges(input)),
    contacts,
  }
  close(lead, input, now)
  amo.world.leads.push(lead)
  addLogEvent(amo, 'lead_added', lead.id, by, [], [])
  const { name, price, status_id } = lead
  amo.journal.add('lead.added', {
    leadId: id,
    name,
    price,
    status_id,
    contactIds: contacts.map((one) => one.id),
    by,
  })
  if (!isSilent) fireLead(amo, 'add', lead)
  amo.changed()
  return lead
}

/**
 * Changes a lead, writes the journal and fires `update_lead`, and `status_lead` / `responsible_lead` when these changed.
 * The input has been checked; who it was by is `updated_by`, else the integration's user.
 */
export function updateLead(amo: Amocrm, lead: Lead, input: LeadInput): void {
  const by = input.updated_by ?? integrationUserId
  const old = { ...lead }
  const now = unixNow()
  const read = readFields(fieldsOf(amo.world, 'leads'), input.custom_fields_values, amo.timeZone).fields
  lead.name = input.name ?? lead.name
  lead.price = input.price ?? lead.price
  lead.responsible_user_id = input.responsible_user_id ?? lead.responsible_user_id
  lead.pipeline_id = pipelineFor(amo, input, lead)?.id ?? lead.pipeline_id
  lead.status_id = input.status_id ?? firstStatusAfterMove(amo, lead, old)
  lead.tags = changeTags(amo.world, 'leads', lead.tags, tagChanges(input))
  lead.fields = { ...lead.fields, ...read }
  lead.updated_by = by
  lead.updated_at = input.updated_at ?? now
  close(lead, input, now)

  const changes: Record<string, unknown> = {}
  for (const key of [
    'name',
    'price',
    'status_id',
    'pipeline_id',
    'responsible_user_id',
    'loss_reason_id',
  ] as const) {
    if (lead[key] !== old[key]) changes[key] = lead[key]
  }
  if (lead.tags.join() !== old.tags.join()) changes.tags = tagsOf(amo.world, lead.tags).map((tag) => tag.name)
  for (const field of fieldsOf(amo.world, 'leads')) {
    const values = read[field.id]
    if (values) changes[codeOf(field)] = bare(values)
  }
  amo.journal.add('lead.updated', { leadId: lead.id, changes, by })
  report(amo, lead, old, by)
  amo.changed()
}

function report(amo: Amocrm, lead: Lead, old: Lead, by: number): void {
  const moved = lead.status_id !== old.status_id || lead.pipeline_id !== old.pipeline_id
  const before: Before = {}
  if (moved) before.status_id = old.status_id
  if (lead.pipeline_id !== old.pipeline_id) before.pipeline_id = old.pipeline_id
  if (lead.responsible_user_id !== old.responsible_user_id)
    before.responsible_user_id = old.responsible_user_id
  if (moved) {
    // An incoming lead that is moved by hand or by the API is one no more.
    for (const item of amo.world.unsorted)
      if (item.lead_id === lead.id && item.state === 'new') item.state = 'accepted'
    amo.journal.add('status', { leadId: lead.id, from: old.status_id, to: lead.status_id, by })
    addLogEvent(amo, 'lead_status_changed', lead.id, by, [statusOf(old)], [statusOf(lead)])
  }
  if (before.responsible_user_id !== undefined) {
    const [was, is] = [old, lead].map((one) => ({ responsible_user: { id: one.responsible_user_id } }))
    addLogEvent(amo, 'entity_responsible_changed', lead.id, by, [was], [is])
  }
  if (lead.price !== old.price) {
    const [was, is] = [old, lead].map((one) => ({ sale_field_value: { sale: one.price } }))
    addLogEvent(amo, 'sale_field_changed', lead.id, by, [was], [is])
  }
  fireLead(amo, 'update', lead, before)
  if (moved) fireLead(amo, 'status', lead, before)
  if (before.responsible_user_id !== undefined) fireLead(amo, 'responsible', lead, before)
}

/** Moves a lead to the bin or out of it, as a person does in the CRM; fires `delete_lead` / `restore_lead`. */
export function setLeadDeleted(amo: Amocrm, lead: Lead, deleted: boolean, by: number): void {
  if (lead.is_deleted === deleted) return
  lead.is_deleted = deleted
  lead.updated_by = by
  lead.updated_at = unixNow()
  amo.journal.add('lead.updated', { leadId: lead.id, changes: { is_deleted: deleted }, by })
  addLogEvent(amo, deleted ? 'lead_deleted' : 'lead_restored', lead.id, by, [], [])
  fireLead(amo, deleted ? 'delete' : 'restore', lead)
  amo.changed()
}

const statusOf = (lead: Lead) => ({ lead_status: { id: lead.status_id, pipeline_id: lead.pipeline_id } })

const tagChanges = ({ _embedded: embedded, tags_to_add: add, tags_to_delete: remove }: LeadInput) => ({
  replace: embedded?.tags ?? undefined,
  add,
  remove,
})

/** A lead that changes only its pipeline starts at the first normal stage, unless its stage exists there as well. */
function firstStatusAfterMove(amo: Amocrm, lead: Lead, old: Lead): number {
  const statuses = amo.world.pipelines.find((one) => one.id === lead.pipeline_id)?.statuses ?? []
  if (statuses.some((status) => status.id === old.status_id)) return old.status_id
  return statuses.find((status) => status.type === 0)?.id ?? old.status_id
}

function close(lead: Lead, input: LeadInput, now: number): void {
  const closed = lead.status_id === wonStatusId || lead.status_id === lostStatusId
  lead.closed_at = closed ? (input.closed_at ?? lead.closed_at ?? now) : null
  lead.loss_reason_id =
    lead.status_id !== lostStatusId
      ? null
      : input.loss_reason_id === undefined
        ? lead.loss_reason_id
        : input.loss_reason_id
}
