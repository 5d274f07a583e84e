import type { Amocrm } from '../amocrm.ts'
import { accountId } from '../seed.ts'
import type { Note, Task } from '../world.ts'
import { accountBlock } from './account-block.ts'

const elementTypes: Record<string, number> = { contacts: 1, leads: 2, companies: 3 }
/** REST says words, hooks say numbers. */
const noteTypes: Record<string, number> = { common: 4, attachment: 5, call_in: 10, call_out: 11 }
const otherNoteType = 25

/** Sends `leads[note][0][note]` or `contacts[note][0][note]` as event `note_lead` / `note_contact`. */
export function fireNote(amo: Amocrm, note: Note): void {
  const author = amo.world.users.find((user) => user.id === note.created_by)
  const source = { id: note.created_by, author_name: author?.name ?? '', type: author ? 1 : 0 }
  const item = {
    id: note.id,
    text: note.params.text ?? '',
    note_type: noteTypes[note.note_type] ?? otherNoteType,
    element_type: elementTypes[note.entity_type],
    element_id: note.entity_id,
    account_id: accountId,
    created_by: note.created_by,
    modified_by: note.updated_by,
    main_user_id: note.responsible_user_id,
    group_id: 0,
    date_create: clockText(note.created_at, 3),
    timestamp_x: clockText(note.updated_at, 3),
    metadata: JSON.stringify({ event_source: source }),
    created_at: note.created_at,
    updated_at: note.updated_at,
  }
  const isLead = note.entity_type === 'leads'
  const group = { note: [{ note: item, ...(isLead ? {} : { type: 'contact' }) }] }
  amo.hooks.fire({
    event: isLead ? 'note_lead' : 'note_contact',
    ...(isLead ? { leadId: note.entity_id } : {}),
    tree: { account: accountBlock(amo), [note.entity_type]: group },
  })
}

/** Sends `task[add|update|responsible|delete][0]` as event `<action>_task`. */
export function fireTask(
  amo: Amocrm,
  action: 'add' | 'update' | 'responsible' | 'delete',
  task: Task,
  before: { text?: string; responsible_user_id?: number } = {},
): void {
  const item = {
    id: task.id,
    element_id: task.entity_id ?? 0,
    element_type: elementTypes[task.entity_type ?? ''] ?? 0,
    task_type: task.task_type_id,
    text: task.text,
    status: task.is_completed,
    account_id: accountId,
    created_user_id: task.created_by,
    responsible_user_id: task.responsible_user_id,
    date_create: clockText(task.created_at, 0),
    last_modified: clockText(task.updated_at, 0),
    complete_till: clockText(task.complete_till, 0),
    created_at: task.created_at,
    updated_at: task.updated_at,
    complete_before: task.complete_till,
    action_close: task.is_completed,
    old_text: before.text,
    result: task.result && { id: task.id, text: task.result.text },
    old_responsible_user_id: before.responsible_user_id,
    main_user: task.responsible_user_id,
    modified_by: task.updated_by,
  }
  amo.hooks.fire({
    event: `${action}_task`,
    ...(task.entity_type === 'leads' && task.entity_id ? { leadId: task.entity_id } : {}),
    tree: { account: accountBlock(amo), task: { [action]: [item] } },
  })
}

/** `YYYY-MM-DD HH:MM:SS` at a fixed offset: the service writes notes at UTC+3 and tasks at UTC. */
const clockText = (seconds: number, offsetHours: number) =>
  new Date((seconds + offsetHours * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ')
