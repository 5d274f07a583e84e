import { z } from 'zod'
import { type Access, fixedAccess } from './access.ts'
import * as answers from './answers.ts'
import { AmocrmError } from './amocrm-error.ts'
import { createCaller } from './caller.ts'
import { createCombiner } from './combiner.ts'
import type { Gate, HoldKind } from './gate.ts'
import { createMemoryGate } from './memory-gate.ts'

export type AmocrmClient = ReturnType<typeof createAmocrm>
export type LeadPatch = Record<string, unknown>
export type NewTask = { text: string; completeTill: Date; responsibleUserId?: number | null }

/** amoCRM allows 7; the rest is for clocks that differ and for the way there. */
export const requestsPerSecond = 6

/** Ids in one address: servers cut addresses off at 8 KB. */
const idsPerRequest = 100

type Options = {
  baseUrl: string
  gate?: Gate
  alert?: (kind: HoldKind, detail: string) => void
  /** Told of each item of a list that does not fit what we know of amoCRM; the others of its page are read. */
  onBroken?: (item: answers.BrokenItem) => void
} & ({ access: Access } | { token: string })

/**
 * A thin, typed client of amoCRM's REST API v4. Answers are checked with zod; writes that come at the same time share a request.
 * Every method throws AmocrmError.
 */
export function createAmocrm(options: Options) {
  const { baseUrl, alert = () => {}, onBroken = () => {} } = options
  const gate = options.gate ?? createMemoryGate(requestsPerSecond)
  const access = 'access' in options ? options.access : fixedAccess(options.token)
  const call = createCaller({ baseUrl, access, gate, alert })

  type Page<Item> = { items: Item[]; broken: answers.BrokenItem[] }
  /** All pages of a list, by the links that amoCRM gives; only their path is taken, the token goes nowhere else. */
  async function* pages<Item>(list: answers.List<Item>, path: string): AsyncGenerator<Page<Item>> {
    let next: string | null = path
    while (next !== null) {
      const answer: z.output<typeof answers.pageSchema> | undefined = await call(
        answers.pageSchema,
        'GET',
        next,
      )
      if (!answer) return
      yield readPage(list, answer)
      const href: string | undefined = answer._links?.next?.href
      const url: URL | null = href ? new URL(href, baseUrl) : null
      next = url ? url.pathname.replace(/^\/api\/v4/, '') + url.search : null
    }
  }

  function readPage<Item>(list: answers.List<Item>, answer: z.output<typeof answers.pageSchema>): Page<Item> {
    const raw = answer._embedded[list.name]
    if (!raw) throw new AmocrmError(502, `an answer that does not fit: it has no ${list.name}`)
    const page = answers.sieve(list, raw)
    for (const item of page.broken) onBroken(item)
    return page
  }

  async function all<Item>(list: answers.List<Item>, path: string): Promise<Item[]> {
    const found: Item[] = []
    for await (const { items } of pages(list, path)) found.push(...items)
    return found
  }

  /** The cards with these ids. The list leaves some out (deleted, unsorted): those that are missing are asked for one by one. */
  async function byIds<Item extends { id: number }>(
    ids: number[],
    list: (query: string) => Promise<Item[]>,
    single: (id: number) => Promise<Item | undefined>,
  ): Promise<Map<number, Item>> {
    const wanted = [...new Set(ids)]
    const found = new Map<number, Item>()
    if (wanted.length > 1) {
      for (let start = 0; start < wanted.length; start += idsPerRequest) {
        const part = wanted.slice(start, start + idsPerRequest)
        const query = part.map((id) => `filter[id][]=${id}`).join('&')
        for (const item of await list(`${query}&limit=${idsPerRequest}`)) found.set(item.id, item)
      }
    }
    for (const id of wanted) {
      if (found.has(id)) continue
      const item = await single(id)
      if (item) found.set(id, item)
    }
    return found
  }

  const lead = (id: number) => call(answers.leadSchema, 'GET', `/leads/${id}?with=contacts`)
  const leads = (ids: number[]) =>
    byIds(ids, (query) => all(answers.leadsList, `/leads?with=contacts&${query}`), lead)
  const leadAmongOthers = createCombiner(async (ids: number[]) => {
    const found = await leads(ids)
    return ids.map((id) => found.get(id))
  })
  const openTasks = createCombiner(async (ids: number[]) => {
    const query = [...new Set(ids)].map((id) => `filter[entity_id][]=${id}`).join('&')
    const path = `/tasks?filter[entity_type]=leads&${query}&filter[is_completed]=0&limit=250`
    const tasks = await all(answers.tasksList, path)
    return ids.map((id) => tasks.filter((task) => task.entity_id === id))
  })
  const contact = (id: number) => call(answers.contactSchema, 'GET', `/contacts/${id}`)

  /** Writes one item under its own address, several in one request; @returns their ids in their order. */
  const writeAll = async <Item>(
    items: Item[],
    one: (item: Item) => { method: 'POST' | 'PATCH'; path: string; body: unknown },
    many: {
      method: 'POST' | 'PATCH'
      path: string
      name: string
      body: (item: Item) => Record<string, unknown>
    },
  ): Promise<(number | null)[]> => {
    if (items.length === 1) {
      const { method, path, body } = one(items[0]!)
      const answer = await call(answers.writtenSchema.optional(), method, path, body)
      return [answer?.id ?? answer?._embedded?.[many.name]?.[0]?.id ?? null]
    }
    const bodies = items.map((item, index) => ({ ...many.body(item), request_id: String(index) }))
    const answer = await call(answers.writtenSchema, many.method, many.path, bodies)
    const written = answer?._embedded?.[many.name] ?? []
    return items.map((_, index) => {
      const ours = written.find((item) => item.request_id === String(index)) ?? written[index]
      return ours?.id ?? null
    })
  }

  const updateLead = createCombiner<{ id: number; patch: LeadPatch }, number | null>((items) =>
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
  const addNote = createCombiner<NewNote, number | null>((items) =>
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
  const addTask = createCombiner<{ leadId: number; task: NewTask }, number | null>((items) =>
    writeAll(items, (item) => ({ method: 'POST', path: '/tasks', body: [taskBody(item)] }), {
      method: 'POST',
      path: '/tasks',
      name: 'tasks',
      body: taskBody,
    }),
  )

  return {
    gate,
    account: () => call(answers.accountSchema, 'GET', '/account?with=amojo_id'),
    lead,
    /** The same lead, read together with others that are asked for at the same time. */
    leadAmongOthers: (id: number) => leadAmongOthers(id),
    /** The leads with these ids, with their contacts' ids and tags; one that is gone is not among them. */
    leads,
    contact,
    contacts: (ids: number[]) =>
      byIds(ids, (query) => all(answers.contactsList, `/contacts?${query}`), contact),
    /** All leads made or changed at or after `fromSec` (unix seconds), page by page. */
    leadsUpdatedSince: (fromSec: number) =>
      pages(
        answers.leadsList,
        `/leads?with=contacts&filter[updated_at][from]=${fromSec}&order[updated_at]=asc&limit=250`,
      ),
    /** The leads that were deleted at or after `fromSec` (unix seconds), by amoCRM's own log: lists leave them out. */
    leadsDeletedSince: async (fromSec: number) => {
      const path = `/events?filter[type][]=lead_deleted&filter[created_at][from]=${fromSec}&limit=100`
      return (await all(answers.eventsList, path)).map((event) => event.entity_id)
    },
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
      return answer ? readPage(answers.notesList, answer).items.map((note) => note.params?.text ?? '') : []
    },
    /** One note of a lead; undefined when it is gone. */
    note: async (leadId: number, noteId: number) => {
      const path = `/leads/${leadId}/notes?filter[id][]=${noteId}`
      const answer = await call(answers.pageSchema, 'GET', path)
      return answer && readPage(answers.notesList, answer).items.find(({ id }) => id === noteId)
    },
    /** `plain`: without asking that it start nothing in the account. @returns the note's id, null when amoCRM did not say */
    addNote: (leadId: number, text: string, plain = false) => addNote({ leadId, text, plain }),
    /** The tasks of a lead that nobody has closed. */
    openTasks: (leadId: number) => openTasks(leadId),
    completeTask: (id: number, result: string) =>
      call(z.unknown(), 'PATCH', `/tasks/${id}`, { is_completed: true, result: { text: result } }),
    addTask: (leadId: number, task: NewTask) => addTask({ leadId, task }),
    /** A chat of the Chats API belongs to this contact from now on. */
    linkChat: (contactId: number, chatId: string) =>
      call(z.unknown(), 'POST', '/contacts/chats', [{ contact_id: contactId, chat_id: chatId }]),
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
