import type { HookItem, HookTree } from '../amocrm/parse-hook.ts'

export type HookNote = { leadId: number; noteId: number }

/** Which cards a hook is about. What happened to them is read from amoCRM: a hook may be late, doubled or out of order. */
export type HookMeaning = {
  /** Leads that may be new ones. */
  announced: number[]
  /** Of these the incoming ones that somebody has just accepted: what was hidden of them can be read now. */
  accepted: number[]
  /** Leads of which something changed, with what the hook says of them. */
  touched: { leadId: number; fields: HookTree }[]
  deleted: number[]
  /** Contacts of which something changed. */
  contacts: number[]
  /** Leads that a contact is linked to, by its hook. */
  linked: number[]
  notes: HookNote[]
}

const leadChanges = new Set(['update', 'status', 'responsible', 'restore'])
const textNote = '4'

/**
 * amoCRM does not promise which of "added", "unsorted" and "accepted" comes first or at all, so each announces a lead, and the
 * lead's id makes it one. Items of other kinds (tasks, talks, messages of its own chats) mean nothing to us.
 */
export function hookMeaning(items: HookItem[]): HookMeaning {
  const meaning: HookMeaning = {
    announced: [],
    accepted: [],
    touched: [],
    deleted: [],
    contacts: [],
    linked: [],
    notes: [],
  }
  for (const { entity, action, fields } of items) {
    const id = toId(fields['id'])
    if (entity === 'unsorted') {
      const leads = unsortedLeads(action, fields)
      meaning.announced.push(...leads)
      if (action === 'delete') meaning.accepted.push(...leads)
    } else if (entity === 'leads' && action === 'note') meaning.notes.push(...noteOf(fields))
    else if (id === null) continue
    else if (entity === 'leads' && action === 'add') meaning.announced.push(id)
    else if (entity === 'leads' && action === 'delete') meaning.deleted.push(id)
    else if (entity === 'leads' && leadChanges.has(action)) {
      meaning.touched.push({ leadId: id, fields })
      // Out of another pipeline into this one: for us it is new.
      const from = toId(fields['old_pipeline_id'])
      if (from !== null && from !== toId(fields['pipeline_id'])) meaning.announced.push(id)
    } else if (entity === 'contacts' && fields['type'] !== 'company' && action !== 'delete') {
      meaning.contacts.push(id)
      meaning.linked.push(...linkedLeads(fields['linked_leads_id']))
    }
  }
  return {
    ...meaning,
    announced: [...new Set(meaning.announced)],
    deleted: [...new Set(meaning.deleted)],
    contacts: [...new Set(meaning.contacts)],
    linked: [...new Set(meaning.linked)],
  }
}

/** A map with the leads' ids as keys, and again inside. */
function linkedLeads(links: string | HookTree | undefined): number[] {
  if (typeof links !== 'object') return []
  return Object.entries(links)
    .map(([key, link]) => (typeof link === 'object' ? (toId(link['ID']) ?? toId(key)) : toId(key)))
    .filter((id) => id !== null)
}

/** When the hook says a lead was made, and the stage it came from; null for what it does not say. */
export const signsOfNew = (fields: HookTree): { createdAt: number | null; oldStatusId: number | null } => ({
  createdAt: toId(fields['created_at']) ?? toId(fields['date_create']),
  oldStatusId: toId(fields['old_status_id']),
})

function unsortedLeads(action: string, fields: HookTree): number[] {
  const accepted = fields['accept_result']
  const leads = typeof accepted === 'object' ? accepted['leads'] : undefined
  const ids =
    action === 'add'
      ? [fields['lead_id']]
      : action === 'delete' && fields['action'] === 'accept' && typeof leads === 'object'
        ? Object.values(leads)
        : []
  return ids.map(toId).filter((id) => id !== null)
}

/** Only what a person typed is of interest; calls, files and service messages are not. */
function noteOf(fields: HookTree): HookNote[] {
  const note = fields['note']
  if (typeof note !== 'object') return []
  const type = note['note_type']
  const [leadId, noteId] = [toId(note['element_id']), toId(note['id'])]
  const isText = (typeof type === 'object' ? type[''] : type) === textNote
  return isText && leadId !== null && noteId !== null ? [{ leadId, noteId }] : []
}

function toId(text: string | HookTree | undefined): number | null {
  const id = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(id) && id > 0 ? id : null
}
