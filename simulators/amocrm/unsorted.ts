import { randomBytes } from 'node:crypto'
import type { Amocrm } from './amocrm.ts'
import { unixNow } from './clock.ts'
import { type ContactInput, addContact } from './contacts.ts'
import { fireLead } from './hooks/card-hooks.ts'
import { fireUnsorted } from './hooks/unsorted-hooks.ts'
import type { LeadInput } from './lead-input.ts'
import { addLead, findLead, setLeadDeleted, updateLead } from './leads.ts'
import type { Unsorted } from './world.ts'

type Incoming = Pick<Unsorted, 'category' | 'source_uid' | 'source_name' | 'metadata'> & {
  pipelineId?: number | undefined
  createdAt?: number | undefined
  lead: LeadInput
  contact: ContactInput | undefined
}

/** The pipeline that incoming leads come to, and its incoming stage. @throws Error when the pipeline has none */
function incomingStage(amo: Amocrm, pipelineId: number | undefined) {
  const pipeline = amo.world.pipelines.find((one) =>
    pipelineId === undefined ? one.is_main : one.id === pipelineId,
  )
  const status = pipeline?.statuses.find((one) => one.type === 1)
  if (!pipeline || !status) throw new Error('the pipeline has no incoming stage')
  return { pipeline_id: pipeline.id, status_id: status.id }
}

/** Adds an incoming lead with its lead and contact; fires `add_unsorted`. The input has been checked. */
export function addUnsorted(amo: Amocrm, incoming: Incoming): Unsorted {
  const stage = incomingStage(amo, incoming.pipelineId)
  const robot = { created_by: 0, updated_by: 0 }
  const contact = incoming.contact && addContact(amo, { ...robot, ...incoming.contact })
  const links = contact ? [{ id: contact.id, is_main: true }] : []
  const isSilent = amo.world.hookStyle.unsortedAddLead !== 'create'
  const lead = addLead(amo, { ...robot, ...incoming.lead, ...stage }, links, isSilent)
  const item: Unsorted = {
    uid: randomBytes(32).toString('hex').slice(0, 60),
    category: incoming.category,
    source_uid: incoming.source_uid,
    source_name: incoming.source_name,
    pipeline_id: stage.pipeline_id,
    created_at: incoming.createdAt ?? unixNow(),
    metadata: incoming.metadata,
    lead_id: lead.id,
    contact_id: contact?.id ?? null,
    state: 'new',
  }
  amo.world.unsorted.push(item)
  amo.journal.add('unsorted', { uid: item.uid, leadId: lead.id, state: item.state, by: 0 })
  fireUnsorted(amo, 'add', item, 0)
  amo.changed()
  return item
}

/** An incoming lead becomes a normal one at `statusId` (the first stage unless given). Fires what the account's style says. */
export function acceptUnsorted(amo: Amocrm, item: Unsorted, by: number, statusId: number | undefined): void {
  const lead = findLead(amo, item.lead_id)
  const pipeline = amo.world.pipelines.find((one) => one.id === item.pipeline_id)
  const first = pipeline?.statuses.find((one) => one.type === 0)
  settle(amo, item, 'accepted', by)
  if (!lead) return
  updateLead(amo, lead, {
    status_id: statusId ?? first?.id,
    responsible_user_id: by || undefined,
    updated_by: by,
  })
  if (amo.world.hookStyle.unsortedAddLead === 'accept') fireLead(amo, 'add', lead)
}

/** An incoming lead is thrown away together with its lead. */
export function declineUnsorted(amo: Amocrm, item: Unsorted, by: number): void {
  settle(amo, item, 'declined', by)
  const lead = findLead(amo, item.lead_id)
  if (lead) setLeadDeleted(amo, lead, true, by)
}

function settle(amo: Amocrm, item: Unsorted, state: 'accepted' | 'declined', by: number): void {
  item.state = state
  amo.journal.add('unsorted', { uid: item.uid, leadId: item.lead_id, state, by })
  fireUnsorted(amo, state === 'accepted' ? 'accept' : 'decline', item, by)
  amo.changed()
}
