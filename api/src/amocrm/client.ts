import { z } from 'zod'
import { type Access, fixedAccess } from './access.ts'
import * as answers from './answers.ts'
import { AmocrmError } from './amocrm-error.ts'
import { createCaller } from './caller.ts'
import { createCombiner } from './combiner.ts'
import type { Gate, HoldKind } from './gate.ts'
import { createLists } from './lists.ts'
import { createMemoryGate } from './memory-gate.ts'

export type AmocrmClient = ReturnType<typeof createAmocrm>
export type LeadPatch = Record<string, unknown>
/** What amoCRM says of something that was written; null: nothing. */
type Written = { id: number | null; updatedAt: Date | null }
export type NewTask = { text: string; completeTill: Date; responsibleUserId?: number | null }

/** amoCRM allows 7; the rest is for clocks that differ and for the way there. */
export const requestsPerSecond = 6

type Options = {
  baseUrl: string
  gate?: Gate
  alert?: (kind: HoldKind, detail: string) => void
  /** Told of each item of a list that does not fit what we know of amoCRM; the others of its page are read. */
  onBroken?: (item: answers.BrokenItem) => void
} & ({ access: Access } | { token: string })

const writtenOf = (item?: { id?: number | undefined; updated_at?: number | null | undefined }): Written => ({
  id: item?.id ?? null,
  updatedAt: item?.updated_at ? new Date(item.updated_at * 1000) : null,
})

/**
 * A thin, typed client of amoCRM's REST API v4. Answers are checked with zod; writes that come at the same time share a request.
 * Every method throws AmocrmError.
 */
export function createAmocrm(options: Options) {
  const { baseUrl, alert = () => {}, onBroken = () => {} } = options
  const gate = options.gate ?? createMemoryGate(requestsPerSecond)
  const access = 'access' in options ? options.access : fixedAccess(options.token)
  let refusal: string | null = null
  const call = createCaller({ baseUrl, access, gate, alert, refusal: () => refusal })

  const lists = createLists(call, baseUrl, onBroken)
  const { all } = lists

  const lead = (id: number) =>
    call(answers.leadSchema.or(answers.deletedModel), 'GET', `/leads/${id}?with=contacts`)
  const leadsById = (ids: number[]) =>
    lists.byIds(ids, answers.leadsList, (query) => `/leads?with=contacts&${query}`, lead)
  const leadAmongOthers = createCombiner(async (ids: number[]) => {
    const { found, failed } = await leadsById(ids)
    return ids.map((id) => ({ lead: found.get(id), error: failed.get(id) }))
  })
  const openTasks = createCombiner(async (ids: number[]) => {
    const tasks: z.output<(typeof answers.tasksList)['item']>[] = []
    const about = [...new Set(ids)].map((id) => `filter[entity_id][]=${id}`).join('&')
    const question = {
      list: answers.tasksList,
      path: '/tasks',
      query: 'limit=250',
      filter: `filter[entity_type]=leads&${about}&filter[is_completed]=0`,
      order: '',
      newestFirst: 'order[created_at]=desc',
    }
    const fits = (task: (typeof tasks)[number]) =>
      !task.is_completed && task.entity_id != null && ids.includes(task.entity_id)
    for await (const { items } of lists.matching({ ...question, fits })) tasks.push(...items)
    return ids.map((id) => tasks.filter((task) => task.entity_id === id))
  })
  const contact = (id: number) =>
    call(answers.contactSchema.or(answers.deletedModel), 'GET', `/contacts/${id}`)

  /** Writes one item under its own address, several in one request; @returns what amoCRM says of each, in their order. */
  const writeAll = async <Item extends object>(
    items: Item[],
    one: (item: Item) => { method: 'POST' | 'PATCH'; path: string; body: unknown },
    many: {
      method: 'POST' | 'PATCH'
      path: string
      name: string
      body: (item: Item) => Record<string, unknown>
    },
  ): Promise<Written[]> => {
    const [first, ...more] = items
    if (first && more.length === 0) {
      const { method, path, body } = one(first)
      const answer = await call(answers.writtenSchema.optional(), method, path, body)
      return [writtenOf(answer?.id === undefined ? answer?._embedded?.[many.name]?.[0] : answer)]
    }
    const bodies = items.map((item, index) => ({ ...many.body(item), request_id: String(index) }))
    const answer = await call(answers.writtenSchema, many.method, many.path, bodies)
    const written = answer?._embedded?.[many.name] ?? []
    return items.map((_, index) => {
      return writtenOf(written.find((item) => item.request_id === String(index)) ?? written[index])
    })
  }

  const updateLead = createCombiner<{ id: number; patch: LeadPatch }, Written>((items) =>
    writeAll(items, ({ id, patch }) => ({ method: 'PATCH', path: `/leads/${id}`, body: patch }), {
      method: 'PATCH',
      path: '/leads',
      name: 'leads',
      body: ({ id, patch }) => ({ id, ...patch }),
    }),
  )
  const noteBody = (text: string, plain = false) => ({
    note_type: 'common',
    params: { text },
    ...(plain ? {} : { is_need_to_trigger_digital_pipeline: false }),
  })
  type NewNote = { leadId: number; text: string; plain?: boolean }
  const addNote = createCombiner<NewNote, Written>((items) =>
    writeAll(
      items,
      ({ leadId, text, plain }) => ({
        method: 'POST',
        path: `/leads/${leadId}/notes`,
        body: [noteBody(text, plain)],
      }),
      {
        method: 'POST',
        path: '/leads/notes',
        name: 'notes',
        body: ({ leadId, text, plain }) => ({ entity_id: leadId, ...noteBody(text, plain) }),
      },
    ),
  )
  const taskBody = ({ leadId, task }: { leadId: number; task: NewTask }) => ({
    text: task.text,
    complete_till: Math.floor(task.completeTill.getTime() / 1000),
    entity_id: leadId,
    entity_type: 'leads',
    task_type_id: 1,
    ...(task.responsibleUserId ? { responsible_user_id: task.responsibleUserId } : {}),
  })
  const addTask = createCombiner<{ leadId: number; task: NewTask }, Written>((items) =>
    writeAll(items, (item) => ({ method: 'POST', path: '/tasks', body: [taskBody(item)] }), {
      method: 'POST',
      path: '/tasks',
      name: 'tasks',
      body: taskBody,
    }),
  )

  const make = async (path: string, name: string, item: Record<string, unknown>): Promise<number | null> =>
    (await call(answers.writtenSchema, 'POST', path, [item]))?._embedded?.[name]?.[0]?.id ?? null

  return {
    gate,
    /** From now on nothing is sent, for this reason; null: it is again. */
    refuse: (reason: string | null) => void (refusal = reason),
    refused: () => refusal,
    account: () => call(answers.accountSchema, 'GET', '/account?with=amojo_id,is_api_filter_enabled'),
    lead,
    /** The same lead, read together with others that are asked for at the same time. */
    leadAmongOthers: async (id: number) => {
      const read = await leadAmongOthers(id)
      if (read.error !== undefined) throw read.error
      return read.lead
    },
    /**
     * The leads with these ids, with their contacts' ids and tags. One that is gone is in neither list; `failed` are those that cannot
     * be read, with the error.
     */
    leads: leadsById,
    contact,
    contacts: (ids: number[]) =>
      lists.byIds(ids, answers.contactsList, (query) => `/contacts?${query}`, contact),
    /** All leads made or changed at or after `fromSec` (unix seconds), page by page. */
    leadsUpdatedSince: (fromSec: number) =>
      lists.matching({
        list: answers.leadsList,
        path: '/leads',
        query: 'with=contacts&limit=250',
        filter: `filter[updated_at][from]=${fromSec}`,
        order: 'order[updated_at]=asc',
        newestFirst: 'order[updated_at]=desc',
        fits: (one) => one.updated_at >= fromSec,
        timeOf: (one) => one.updated_at,
        from: fromSec,
      }),
    contactsUpdatedSince: (fromSec: number) =>
      lists.matching({
        list: answers.contactsList,
        path: '/contacts',
        query: 'limit=250',
        filter: `filter[updated_at][from]=${fromSec}`,
        order: 'order[updated_at]=asc',
        newestFirst: 'order[updated_at]=desc',
        fits: (one) => one.updated_at != null && one.updated_at >= fromSec,
        timeOf: (one) => one.updated_at ?? null,
        from: fromSec,
      }),
    /**
     * What amoCRM's own log says of leads since `fromSec` (unix seconds), newest first: lists leave out what was deleted, and a change
     * of stage tells where from.
     */
    leadEventsSince: async (fromSec: number, types: string[]) => {
      const found: answers.AmocrmEvent[] = []
      const wanted = types.map((type) => `filter[type][]=${type}`).join('&')
      const question = {
        list: answers.eventsList,
        path: '/events',
        query: 'limit=100',
        filter: `${wanted}&filter[created_at][from]=${fromSec}`,
        order: '',
        newestFirst: '',
        fits: (event: answers.AmocrmEvent) => types.includes(event.type) && event.created_at >= fromSec,
        timeOf: (event: answers.AmocrmEvent) => event.created_at,
        from: fromSec,
      }
      for await (const { items } of lists.matching(question)) found.push(...items)
      return found
    },
    /** What the account was seen to do with filters. */
    filters: lists.filters,
    pipelines: () => all(answers.pipelinesList, '/leads/pipelines'),
    leadFields: () => all(answers.fieldsList, '/leads/custom_fields?limit=250'),
    contactFields: () => all(answers.fieldsList, '/contacts/custom_fields?limit=250'),
    lossReasons: () => all(answers.reasonsList, '/leads/loss_reasons'),
    users: () => all(answers.usersList, '/users?limit=250'),
    updateLead: (id: number, patch: LeadPatch) => updateLead({ id, patch }),
    /** The texts of the newest notes of a lead, newest first. */
    noteTexts: async (leadId: number) => {
      const path = `/leads/${leadId}/notes?filter[note_type][]=common&order[id]=desc&limit=50`
      const answer = await call(answers.pageSchema, 'GET', path)
      return answer
        ? lists.readPage(answers.notesList, answer).items.map((note) => note.params?.text ?? '')
        : []
    },
    /** One note of a lead; undefined when it is gone. */
    note: (noteId: number) => call(answers.noteSchema, 'GET', `/leads/notes/${noteId}`),
    /** `plain`: without asking that it start nothing in the account. @returns the note's id, null when amoCRM did not say */
    addNote: async (leadId: number, text: string, plain = false) =>
      (await addNote({ leadId, text, plain })).id,
    /** The tasks of a lead that nobody has closed. */
    openTasks: (leadId: number) => openTasks(leadId),
    completeTask: (id: number, result: string) =>
      call(z.unknown(), 'PATCH', `/tasks/${id}`, { is_completed: true, result: { text: result } }),
    addTask: async (leadId: number, task: NewTask) => (await addTask({ leadId, task })).id,
    /** A task about the account, of no card, for the user of the token. */
    addAccountTask: (text: string, completeTill: Date) =>
      call(z.unknown(), 'POST', '/tasks', [
        { text, complete_till: Math.floor(completeTill.getTime() / 1000), task_type_id: 1 },
      ]),
    /** A chat of the Chats API belongs to this contact from now on. */
    linkChat: (contactId: number, chatId: string) =>
      call(z.unknown(), 'POST', '/contacts/chats', [{ contact_id: contactId, chat_id: chatId }]),
    leadTags: () => all(answers.tagsList, '/leads/tags?limit=250'),
    /** The four make what an account lacks. @returns the new id, null when amoCRM did not say */
    addStatus: (pipelineId: number, status: { name: string; sort: number; color: string }) =>
      make(`/leads/pipelines/${pipelineId}/statuses`, 'statuses', status),
    addField: (entity: 'leads' | 'contacts', field: { name: string; type: string; code?: string }) =>
      make(`/${entity}/custom_fields`, 'custom_fields', field),
    addLossReason: (name: string) => make('/leads/loss_reasons', 'loss_reasons', { name }),
    addTag: (name: string) => make('/leads/tags', 'tags', { name }),
    user: (id: number) => call(answers.userSchema, 'GET', `/users/${id}`),
    webhooks: () => all(answers.webhooksList, '/webhooks'),
    /** Registers `destination`, or renews its list of events when it is known. */
    subscribe: (destination: string, settings: string[]) =>
      call(z.unknown(), 'POST', '/webhooks', { destination, settings }),
    /** Nothing happens when the address is not known. */
    unsubscribe: async (destination: string) => {
      try {
        await call(z.unknown(), 'DELETE', '/webhooks', { destination })
      } catch (error) {
        if (!(error instanceof AmocrmError) || error.status !== 404) throw error
      }
    },
  }
}
