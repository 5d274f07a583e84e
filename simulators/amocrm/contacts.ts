import { z } from 'zod'
import type { Amocrm } from './amocrm.ts'
import { nextId } from './next-id.ts'
import { unixNow } from './clock.ts'
import { type ValidationError, notSupportedChoice } from './api/problem.ts'
import { fieldsOf } from './fields.ts'
import { fieldsSchema, readFields } from './field-input.ts'
import { bare, codeOf } from './field-views.ts'
import { fireContact } from './hooks/card-hooks.ts'
import { addLogEvent } from './log-events.ts'
import { isUser } from './lead-input.ts'
import { integrationUserId } from './seed.ts'
import { changeTags, tagsOf, tagsSchema } from './tags.ts'
import type { Contact } from './world.ts'

/** One contact of `POST /contacts`, `PATCH /contacts` or a complex lead. */
export const contactSchema = z.strictObject({
  id: z.int().optional(),
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  responsible_user_id: z.int().optional(),
  created_by: z.int().optional(),
  updated_by: z.int().optional(),
  created_at: z.int().optional(),
  updated_at: z.int().optional(),
  is_main: z.boolean().optional(),
  custom_fields_values: fieldsSchema,
  tags_to_add: tagsSchema,
  tags_to_delete: tagsSchema,
  _embedded: z.strictObject({ tags: tagsSchema }).optional(),
  request_id: z.union([z.string(), z.int()]).optional(),
})
export type ContactInput = z.output<typeof contactSchema>

export const findContact = (amo: Amocrm, id: number): Contact | undefined =>
  amo.world.contacts.find((contact) => contact.id === id)

/** What is wrong with the ids in a contact body. */
export function checkContact(amo: Amocrm, input: ContactInput): ValidationError[] {
  const errors = readFields(fieldsOf(amo.world, 'contacts'), input.custom_fields_values, amo.timeZone).errors
  if (!isUser(amo, input.responsible_user_id)) errors.push(notSupportedChoice('responsible_user_id'))
  return errors
}

/** Adds a contact, writes the journal and fires `add_contact`. The input has been checked. */
export function addContact(amo: Amocrm, input: ContactInput): Contact {
  const by = input.created_by ?? integrationUserId
  const now = unixNow()
  const contact: Contact = {
    id: nextId(amo.world, 'contact'),
    ...names(input, { name: '', first_name: '', last_name: '' }),
    responsible_user_id: input.responsible_user_id ?? integrationUserId,
    created_by: by,
    updated_by: input.updated_by ?? by,
    created_at: input.created_at ?? now,
    updated_at: input.updated_at ?? now,
    is_deleted: false,
    fields: readFields(fieldsOf(amo.world, 'contacts'), input.custom_fields_values, amo.timeZone).fields,
    tags: changeTags(amo.world, 'contacts', [], tagChanges(input)),
  }
  amo.world.contacts.push(contact)
  amo.journal.add('contact.added', { contactId: contact.id, name: contact.name, by })
  addLogEvent(amo, 'contact_added', contact.id, by, [], [], 'contact')
  fireContact(amo, 'add', contact)
  amo.changed()
  return contact
}

/** Changes a contact, writes the journal and fires `update_contact`. The input has been checked. */
export function updateContact(amo: Amocrm, contact: Contact, input: ContactInput): void {
  const by = input.updated_by ?? integrationUserId
  const old = { ...contact }
  const read = readFields(fieldsOf(amo.world, 'contacts'), input.custom_fields_values, amo.timeZone).fields
  Object.assign(contact, names(input, contact))
  contact.responsible_user_id = input.responsible_user_id ?? contact.responsible_user_id
  contact.fields = { ...contact.fields, ...read }
  contact.tags = changeTags(amo.world, 'contacts', contact.tags, tagChanges(input))
  contact.updated_by = by
  contact.updated_at = input.updated_at ?? unixNow()

  const changes: Record<string, unknown> = {}
  if (contact.name !== old.name) changes.name = contact.name
  if (contact.tags.join() !== old.tags.join())
    changes.tags = tagsOf(amo.world, contact.tags).map((tag) => tag.name)
  for (const field of fieldsOf(amo.world, 'contacts')) {
    const values = read[field.id]
    if (values) changes[codeOf(field)] = bare(values)
  }
  const handedOver = contact.responsible_user_id !== old.responsible_user_id
  if (handedOver) changes.responsible_user_id = contact.responsible_user_id
  amo.journal.add('contact.updated', { contactId: contact.id, changes, by })
  fireContact(amo, 'update', contact, handedOver ? { responsible_user_id: old.responsible_user_id } : {})
  amo.changed()
}

/** Moves a contact to the bin or out of it, as a person does; fires `delete_contact` / `restore_contact`. */
export function setContactDeleted(amo: Amocrm, contact: Contact, deleted: boolean, by: number): void {
  if (contact.is_deleted === deleted) return
  contact.is_deleted = deleted
  contact.updated_by = by
  contact.updated_at = unixNow()
  amo.journal.add('contact.updated', { contactId: contact.id, changes: { is_deleted: deleted }, by })
  fireContact(amo, deleted ? 'delete' : 'restore', contact)
  amo.changed()
}

function names(input: ContactInput, old: Pick<Contact, 'name' | 'first_name' | 'last_name'>) {
  const first_name = input.first_name ?? old.first_name
  const last_name = input.last_name ?? old.last_name
  const partsGiven = input.first_name !== undefined || input.last_name !== undefined
  const joined = [first_name, last_name].filter(Boolean).join(' ')
  return { name: input.name ?? (partsGiven ? joined : old.name), first_name, last_name }
}

const tagChanges = ({ _embedded: embedded, tags_to_add: add, tags_to_delete: remove }: ContactInput) => ({
  replace: embedded?.tags ?? undefined,
  add,
  remove,
})
