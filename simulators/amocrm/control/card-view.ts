import type { Amocrm } from '../amocrm.ts'
import { fieldsByCode } from '../field-views.ts'
import { fieldsOf } from '../fields.ts'
import { tagsOf } from '../tags.ts'
import type { Lead, Status } from '../world.ts'
import { chatOfLead, logOfLead } from './card-feed.ts'

/** The whole card of a lead: fields by code, contacts, and what its feed shows, each oldest first. */
export function cardView(amo: Amocrm, lead: Lead): object {
  const { world } = amo
  const { fields, tags, contacts, ...plain } = lead
  return {
    lead: { ...plain, tags: tagsOf(world, tags).map((tag) => tag.name) },
    status: statusOf(amo, lead)?.name ?? null,
    responsible: userName(amo, lead.responsible_user_id),
    fields: fieldsByCode(fieldsOf(world, 'leads'), fields),
    contacts: contacts.map((link) => ({ ...contactView(amo, link.id), is_main: link.is_main })),
    notes: world.notes
      .filter((note) => note.entity_type === 'leads' && note.entity_id === lead.id)
      .map((note) => ({ ...note, author: userName(amo, note.created_by) })),
    tasks: world.tasks.filter((task) => task.entity_type === 'leads' && task.entity_id === lead.id),
    lossReason: world.lossReasons.find((one) => one.id === lead.loss_reason_id)?.name ?? null,
    isIncoming: world.unsorted.some((one) => one.lead_id === lead.id && one.state === 'new'),
    log: logOfLead(amo, lead),
    chat: chatOfLead(amo, lead),
  }
}

function contactView(amo: Amocrm, id: number | undefined) {
  const contact = amo.world.contacts.find((one) => one.id === id)
  if (!contact) return undefined
  const fields = fieldsByCode(fieldsOf(amo.world, 'contacts'), contact.fields)
  return { id: contact.id, name: contact.name, fields }
}

const statusOf = (amo: Amocrm, lead: Lead): Status | undefined =>
  amo.world.pipelines
    .find((one) => one.id === lead.pipeline_id)
    ?.statuses.find((one) => one.id === lead.status_id)

const userName = (amo: Amocrm, id: number): string | null =>
  amo.world.users.find((user) => user.id === id)?.name ?? null
