import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { findContact } from '../contacts.ts'
import { findLead } from '../leads.ts'
import { addNote, checkParams, newNoteSchema, notePatchSchema, updateNote } from '../notes.ts'
import { accountId } from '../seed.ts'
import type { FieldEntity, Note } from '../world.ts'
import { readItems, readOne } from './body.ts'
import { selfLink, sendPage, sendWritten } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { entityNotFound, notSupportedChoice, requiredFilled } from './problem.ts'
import { type Query, branch, inRange, oneOf, ordered } from './query.ts'

type NoteInput = z.output<typeof newNoteSchema>
type NotePatch = z.output<typeof notePatchSchema>
type NoteParams = IdParams & { noteId: string }

/** Notes of leads and contacts: of one card, of all cards, and one by its id. */
export function addNoteRoutes(app: FastifyInstance, amo: Amocrm): void {
  for (const entity of ['leads', 'contacts'] as const) addRoutesFor(app, amo, entity)
}

function addRoutesFor(app: FastifyInstance, amo: Amocrm, entity: FieldEntity): void {
  const exists = (id: number) => Boolean(entity === 'leads' ? findLead(amo, id) : findContact(amo, id))
  const known = (id: number) => {
    if (!exists(id)) throw entityNotFound(entity, id)
    return id
  }
  const noteOf = (id: number) => amo.world.notes.find((note) => note.entity_type === entity && note.id === id)
  const view = (request: FastifyRequest) => (note: Note) => noteView(request, note)
  const notesFor = (query: Query, parent?: number) => {
    const filter = branch(query, 'filter')
    const notes = amo.world.notes.filter(
      (note) =>
        note.entity_type === entity &&
        (parent === undefined || note.entity_id === parent) &&
        oneOf(filter, 'id', note.id) &&
        oneOf(filter, 'note_type', note.note_type) &&
        oneOf(filter, 'entity_id', note.entity_id) &&
        inRange(filter, 'updated_at', note.updated_at),
    )
    return ordered(notes, query, ['id', 'updated_at'])
  }
  const write = (request: FastifyRequest, parent?: number) => {
    const items = readItems(newNoteSchema, request.body, (input: NoteInput) => {
      const errors = checkParams(input.note_type, input.params)
      if (parent !== undefined) return errors
      if (input.entity_id === undefined) return [...errors, requiredFilled('entity_id')]
      return exists(input.entity_id) ? errors : [...errors, notSupportedChoice('entity_id')]
    })
    const written = items.map(({ body, requestId }) => {
      const note = addNote(amo, entity, parent ?? body.entity_id ?? 0, body)
      return { id: note.id, entity_id: note.entity_id, request_id: requestId, ...noteLink(request, note) }
    })
    return sendWritten(request, 'notes', written)
  }
  const patch = (request: FastifyRequest, id: number) => {
    const note = noteOf(id)
    if (!note) throw entityNotFound('notes', id)
    const body = readOne(notePatchSchema, request.body, (input) => checkPatch(note, input))
    updateNote(amo, note, body)
    return writtenPatch(request, note)
  }

  app.get<{ Querystring: Query }>(`/${entity}/notes`, (request, reply) =>
    sendPage(request, reply, 'notes', notesFor(request.query), view(request)),
  )
  app.get<{ Params: IdParams; Querystring: Query }>(`/${entity}/:id/notes`, (request, reply) =>
    sendPage(request, reply, 'notes', notesFor(request.query, known(idOf(request))), view(request)),
  )
  app.get<{ Params: IdParams }>(`/${entity}/notes/:id`, (request, reply) => {
    const note = noteOf(idOf(request))
    return note ? noteView(request, note) : reply.code(204).send()
  })
  app.post(`/${entity}/notes`, (request) => write(request))
  app.post<{ Params: IdParams }>(`/${entity}/:id/notes`, (request) => write(request, known(idOf(request))))
  app.patch<{ Params: IdParams }>(`/${entity}/notes/:id`, (request) => patch(request, idOf(request)))
  app.patch<{ Params: NoteParams }>(`/${entity}/:id/notes/:noteId`, (request) =>
    patch(request, Number(request.params.noteId)),
  )
  app.patch(`/${entity}/notes`, (request) => {
    const schema = notePatchSchema.extend({ id: z.int() })
    const items = readItems(schema, request.body, (input) => {
      const note = noteOf(input.id)
      return note ? checkPatch(note, input) : [notSupportedChoice('id')]
    })
    const written = items.flatMap(({ body }) => {
      const note = noteOf(body.id)
      if (!note) return []
      updateNote(amo, note, body)
      return [writtenPatch(request, note)]
    })
    return sendWritten(request, 'notes', written)
  })
}

const checkPatch = (note: Note, input: NotePatch) => {
  if (input.note_type !== undefined && input.note_type !== note.note_type)
    return [notSupportedChoice('note_type')]
  return input.params ? checkParams(note.note_type, input.params) : []
}

const noteLink = (request: FastifyRequest, note: Note) =>
  selfLink(request, `/api/v4/${note.entity_type}/${note.entity_id}/notes/${note.id}`)

const writtenPatch = (request: FastifyRequest, note: Note) => ({
  id: note.id,
  entity_id: note.entity_id,
  updated_at: note.updated_at,
  ...noteLink(request, note),
})

const noteView = (request: FastifyRequest, note: Note) => ({
  id: note.id,
  entity_id: note.entity_id,
  created_by: note.created_by,
  updated_by: note.updated_by,
  created_at: note.created_at,
  updated_at: note.updated_at,
  responsible_user_id: note.responsible_user_id,
  group_id: 0,
  note_type: note.note_type,
  params: note.params,
  account_id: accountId,
  ...noteLink(request, note),
})
