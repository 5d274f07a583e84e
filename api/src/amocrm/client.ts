import { request } from 'undici'
import { z } from 'zod'
import { createPacer } from './pacer.ts'

/** What went wrong with amoCRM. `retry` says whether the same request may work later. */
export class AmocrmError extends Error {
  override name = 'AmocrmError'
  readonly status: number
  readonly retry: boolean
  constructor(status: number, detail: string) {
    super(`amoCRM answered ${status}: ${detail}`)
    this.status = status
    this.retry = status === 0 || status === 429 || status >= 500
  }
}

const fieldValues = z
  .array(
    z.looseObject({
      field_id: z.number(),
      field_code: z.string().nullish(),
      values: z.array(z.looseObject({ value: z.unknown(), enum_code: z.string().nullish() })),
    }),
  )
  .nullish()
  .transform((values) => values ?? [])

const leadSchema = z.looseObject({
  id: z.number(),
  name: z.string().nullish(),
  status_id: z.number(),
  pipeline_id: z.number(),
  responsible_user_id: z.number().nullish(),
  created_at: z.number(),
  updated_at: z.number(),
  is_deleted: z.boolean().nullish(),
  custom_fields_values: fieldValues,
  _embedded: z
    .looseObject({
      contacts: z.array(z.looseObject({ id: z.number(), is_main: z.boolean().nullish() })).nullish(),
    })
    .nullish(),
})

const leadsSchema = z.looseObject({
  _links: z.looseObject({ next: z.unknown().optional() }).nullish(),
  _embedded: z.looseObject({ leads: z.array(z.looseObject({ id: z.number() })) }),
})

const contactSchema = z.looseObject({
  id: z.number(),
  name: z.string().nullish(),
  first_name: z.string().nullish(),
  custom_fields_values: fieldValues,
})

const pipelinesSchema = z.looseObject({
  _embedded: z.looseObject({
    pipelines: z.array(
      z.looseObject({
        id: z.number(),
        name: z.string(),
        is_main: z.boolean(),
        _embedded: z.looseObject({
          statuses: z.array(z.looseObject({ id: z.number(), name: z.string(), type: z.number().nullish() })),
        }),
      }),
    ),
  }),
})

const fieldsSchema = z.looseObject({
  _embedded: z.looseObject({
    custom_fields: z.array(z.looseObject({ id: z.number(), code: z.string().nullish(), type: z.string() })),
  }),
})

const notesSchema = z.looseObject({
  _embedded: z.looseObject({
    notes: z.array(
      z.looseObject({ id: z.number(), params: z.looseObject({ text: z.string().nullish() }).nullish() }),
    ),
  }),
})

const tasksSchema = z.looseObject({
  _embedded: z.looseObject({ tasks: z.array(z.looseObject({ id: z.number(), text: z.string().nullish() })) }),
})

export type AmocrmContact = z.output<typeof contactSchema>
export type AmocrmPipeline = z.output<typeof pipelinesSchema>['_embedded']['pipelines'][number]
export type AmocrmField = z.output<typeof fieldsSchema>['_embedded']['custom_fields'][number]

export type AmocrmClient = ReturnType<typeof createAmocrm>

/** amoCRM allows 7; the rest is for people and other integrations. */
const requestsPerSecond = 6

/**
 * A thin, typed client of amoCRM's REST API v4. Answers are checked with zod. Stays under amoCRM's limit of requests.
 * Every method throws AmocrmError.
 */
export function createAmocrm({ baseUrl, token }: { baseUrl: string; token: string }) {
  const pace = createPacer(requestsPerSecond)

  /** @returns undefined for 204, which amoCRM says for an empty list and for an unknown id */
  async function call<Schema extends z.ZodType>(
    schema: Schema,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema> | undefined> {
    await pace()
    const answer = await request(`${baseUrl}/api/v4${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      headersTimeout: 20_000,
      bodyTimeout: 20_000,
    }).catch((error: Error) => {
      throw new AmocrmError(0, error.message)
    })
    const text = await answer.body.text()
    if (answer.statusCode === 204) return undefined
    if (answer.statusCode >= 300) throw new AmocrmError(answer.statusCode, errorDetail(text))
    const parsed = schema.safeParse(parseJson(text))
    if (!parsed.success)
      throw new AmocrmError(502, `an answer of ${path} that does not fit: ${parsed.error.message}`)
    return parsed.data
  }

  return {
    lead: (id: number) => call(leadSchema, 'GET', `/leads/${id}?with=contacts`),
    /** All leads made at or after `fromSec` (unix seconds), oldest first, page by page. */
    leadsCreatedSince: async function* (fromSec: number) {
      for (let page = 1; ; page++) {
        const path = `/leads?filter[created_at][from]=${fromSec}&order[created_at]=asc&limit=250&page=${page}`
        const answer = await call(leadsSchema, 'GET', path)
        if (!answer) return
        yield answer._embedded.leads
        if (!answer._links?.next) return
      }
    },
    contact: (id: number) => call(contactSchema, 'GET', `/contacts/${id}`),
    pipelines: async () =>
      (await call(pipelinesSchema, 'GET', '/leads/pipelines'))?._embedded.pipelines ?? [],
    leadFields: async () =>
      (await call(fieldsSchema, 'GET', '/leads/custom_fields?limit=250'))?._embedded.custom_fields ?? [],
    updateLead: (id: number, patch: Record<string, unknown>) =>
      call(z.unknown(), 'PATCH', `/leads/${id}`, patch),
    /** The texts of the newest notes of a lead, newest first. */
    noteTexts: async (leadId: number) => {
      const path = `/leads/${leadId}/notes?filter[note_type][]=common&order[id]=desc&limit=50`
      return ((await call(notesSchema, 'GET', path))?._embedded.notes ?? []).map(
        (note) => note.params?.text ?? '',
      )
    },
    addNote: (leadId: number, text: string) =>
      call(z.unknown(), 'POST', `/leads/${leadId}/notes`, [
        { note_type: 'common', params: { text }, is_need_to_trigger_digital_pipeline: false },
      ]),
    /** The tasks of a lead that nobody has closed. */
    openTasks: async (leadId: number) => {
      const path = `/tasks?filter[entity_type]=leads&filter[entity_id][]=${leadId}&filter[is_completed]=0&limit=50`
      return (await call(tasksSchema, 'GET', path))?._embedded.tasks ?? []
    },
    completeTask: (id: number, result: string) =>
      call(z.unknown(), 'PATCH', `/tasks/${id}`, { is_completed: true, result: { text: result } }),
    /** @returns the new task's id, when amoCRM tells it */
    addTask: async (
      leadId: number,
      task: { text: string; completeTill: Date; responsibleUserId?: number | null },
    ) =>
      (
        await call(tasksSchema, 'POST', '/tasks', [
          {
            text: task.text,
            complete_till: Math.floor(task.completeTill.getTime() / 1000),
            entity_id: leadId,
            entity_type: 'leads',
            task_type_id: 1,
            ...(task.responsibleUserId ? { responsible_user_id: task.responsibleUserId } : {}),
          },
        ])
      )?._embedded.tasks[0]?.id,
    /** Registers `destination`, or renews its list of events when it is known. */
    subscribe: (destination: string, settings: string[]) =>
      call(z.unknown(), 'POST', '/webhooks', { destination, settings }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** amoCRM errs in problem+json, but also in HTML pages of its proxy: never assume. */
function errorDetail(text: string): string {
  const body = parseJson(text)
  const detail = z
    .looseObject({
      detail: z.string().optional(),
      title: z.string().optional(),
      'validation-errors': z.unknown(),
    })
    .safeParse(body)
  if (!detail.success) return text.slice(0, 200)
  const validation = detail.data['validation-errors']
  return [detail.data.detail ?? detail.data.title, validation && JSON.stringify(validation)]
    .filter(Boolean)
    .join(' ')
    .slice(0, 500)
}
