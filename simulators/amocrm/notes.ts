import { z } from 'zod'
import type { Amocrm } from './amocrm.ts'
import { nextId } from './next-id.ts'
import { unixNow } from './clock.ts'
import { type ValidationError, invalidType, requiredFilled } from './api/problem.ts'
import { fireNote } from './hooks/feed-hooks.ts'
import { addLogEvent } from './log-events.ts'
import { integrationUserId } from './seed.ts'
import type { FieldEntity, Note } from './world.ts'

/** What `params` must hold, by note type. */
const paramTypes: Record<string, Record<string, 'string' | 'number'>> = {
  common: { text: 'string' },
  service_message: { service: 'string', text: 'string' },
  extended_service_message: { service: 'string', text: 'string' },
  call_in: { uniq: 'string', duration: 'number', source: 'string', phone: 'string' },
  call_out: { uniq: 'string', duration: 'number', source: 'string', phone: 'string' },
  sms_in: { text: 'string', phone: 'string' },
  sms_out: { text: 'string', phone: 'string' },
  geolocation: { text: 'string', address: 'string', longitude: 'string', latitude: 'string' },
  attachment: { version_uuid: 'string', file_uuid: 'string', file_name: 'string' },
}

const common = {
  entity_id: z.int().optional(),
  created_by: z.int().optional(),
  updated_by: z.int().optional(),
  created_at: z.int().optional(),
  updated_at: z.int().optional(),
  responsible_user_id: z.int().optional(),
  request_id: z.union([z.string(), z.int()]).optional(),
  is_need_to_trigger_digital_pipeline: z.boolean().optional(),
}
const params = z.record(z.string(), z.unknown())
const noteType = z.literal(Object.keys(paramTypes))

export const newNoteSchema = z.strictObject({ ...common, note_type: noteType, params })
export const notePatchSchema = z.strictObject({
  ...common,
  id: z.int().optional(),
  note_type: noteType.optional(),
  params: params.optional(),
})

/** What is missing or wrong in the `params` of a note. */
export function checkParams(type: string, given: Record<string, unknown>): ValidationError[] {
  return Object.entries(paramTypes[type] ?? {}).flatMap(([key, wanted]) => {
    if (given[key] === undefined || given[key] === '') return [requiredFilled(`params.${key}`)]
    return typeof given[key] === wanted ? [] : [invalidType(`params.${key}`, wanted)]
  })
}

/** Adds a note to a lead or contact, writes the journal and fires `note_lead` / `note_contact`. */
export function addNote(
  amo: Amocrm,
  entity: FieldEntity,
  entityId: number,
  input: z.output<typeof newNoteSchema>,
): Note {
  const now = unixNow()
  const by = input.created_by ?? integrationUserId
  const note: Note = {
    id: nextId(amo.world, 'note'),
    entity_type: entity,
    entity_id: entityId,
    note_type: input.note_type,
    params: input.params,
    responsible_user_id: input.responsible_user_id ?? integrationUserId,
    created_by: by,
    updated_by: by,
    created_at: input.created_at ?? now,
    updated_at: now,
  }
  amo.world.notes.push(note)
  journalNote(amo, note)
  const about = { note: { id: note.id } }
  addLogEvent(
    amo,
    `${noteEvent(note)}_added`,
    entityId,
    by,
    [],
    [about],
    entity === 'leads' ? 'lead' : 'contact',
  )
  fireNote(amo, note)
  amo.changed()
  return note
}

/** Changes a note and writes the journal; a change fires no hook. */
export function updateNote(amo: Amocrm, note: Note, input: z.output<typeof notePatchSchema>): void {
  note.params = input.params ?? note.params
  note.updated_by = input.updated_by ?? integrationUserId
  note.updated_at = unixNow()
  journalNote(amo, note)
  amo.changed()
}

const noteEvent = (note: Note) =>
  ['common', 'attachment'].includes(note.note_type) ? `${note.note_type}_note` : note.note_type

function journalNote(amo: Amocrm, note: Note): void {
  amo.journal.add('note', {
    noteId: note.id,
    entityType: note.entity_type,
    entityId: note.entity_id,
    ...(note.entity_type === 'leads' ? { leadId: note.entity_id } : {}),
    noteType: note.note_type,
    text: note.params.text,
    by: note.updated_by,
  })
}
