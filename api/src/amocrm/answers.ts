import { z } from 'zod'
import { clip } from '../text/storable.ts'

/** Up to the year 9999, where a date ends. */
const unixSec = z.int().min(0).max(253_402_300_799)

/** What we read of amoCRM's answers; more may be in them. A custom field that is empty is null there, and a list here. */
const fieldValues = z
  .array(
    z.looseObject({
      field_id: z.int(),
      field_code: z.string().nullish(),
      values: z.array(z.looseObject({ value: z.unknown(), enum_code: z.string().nullish() })),
    }),
  )
  .nullish()
  .transform((values) => values ?? [])

export const leadSchema = z.looseObject({
  id: z.int(),
  name: z.string().nullish(),
  status_id: z.int(),
  pipeline_id: z.int(),
  responsible_user_id: z.int().nullish(),
  created_at: unixSec,
  updated_at: unixSec,
  is_deleted: z.boolean().nullish(),
  custom_fields_values: fieldValues,
  _embedded: z
    .looseObject({
      contacts: z.array(z.looseObject({ id: z.int(), is_main: z.boolean().nullish() })).nullish(),
      tags: z.array(z.looseObject({ name: z.string() })).nullish(),
    })
    .nullish(),
})

/** A list of amoCRM's: its items stand under `name`, and each is read by itself. */
export type List<Item> = { name: string; item: z.ZodType<Item> }
export const list = <Item>(name: string, item: z.ZodType<Item>): List<Item> => ({ name, item })

/** One page of a list; items of another list would be a mistake of ours. */
export const pageSchema = z.looseObject({
  _links: z.looseObject({ next: z.looseObject({ href: z.string() }).nullish() }).nullish(),
  _embedded: z.record(z.string(), z.array(z.unknown())),
})

/** An item that does not fit what we know of amoCRM. `id` null: not even that can be read. */
export type BrokenItem = { list: string; id: number | null; problem: string }

/** Reads each item by itself: one that does not fit must not hide the others. */
export function sieve<Item>(
  { name, item }: List<Item>,
  raw: unknown[],
): { items: Item[]; broken: BrokenItem[] } {
  const items: Item[] = []
  const broken: BrokenItem[] = []
  for (const one of raw) {
    const parsed = item.safeParse(one)
    if (parsed.success) items.push(parsed.data)
    else broken.push({ list: name, id: idOf(one), problem: clip(z.prettifyError(parsed.error), 500) })
  }
  return { items, broken }
}

const idOf = (item: unknown): number | null =>
  z.looseObject({ id: z.int().positive() }).safeParse(item).data?.id ?? null

export const contactSchema = z.looseObject({
  id: z.int(),
  name: z.string().nullish(),
  first_name: z.string().nullish(),
  custom_fields_values: fieldValues,
  _embedded: z.looseObject({ leads: z.array(z.looseObject({ id: z.int() })).nullish() }).nullish(),
})

const pipelineSchema = z.looseObject({
  id: z.int(),
  name: z.string(),
  is_main: z.boolean(),
  _embedded: z.looseObject({
    statuses: z.array(
      z.looseObject({
        id: z.int(),
        name: z.string(),
        sort: z.number().default(0),
        type: z.number().nullish(),
      }),
    ),
  }),
})

const fieldSchema = z.looseObject({
  id: z.int(),
  name: z.string().nullish(),
  code: z.string().nullish(),
  type: z.string(),
  enums: z
    .array(z.looseObject({ id: z.int(), value: z.coerce.string(), code: z.string().nullish() }))
    .nullish()
    .catch(null),
})

const noteSchema = z.looseObject({
  id: z.int(),
  note_type: z.string().nullish(),
  created_by: z.int().nullish(),
  params: z.looseObject({ text: z.string().nullish() }).nullish(),
})

export const leadsList = list('leads', leadSchema)
export const contactsList = list('contacts', contactSchema)
export const pipelinesList = list('pipelines', pipelineSchema)
export const fieldsList = list('custom_fields', fieldSchema)
export const notesList = list('notes', noteSchema)
export const tasksList = list(
  'tasks',
  z.looseObject({ id: z.int(), text: z.string().nullish(), entity_id: z.int().nullish() }),
)
export const eventsList = list('events', z.looseObject({ entity_id: z.int() }))
export const reasonsList = list('loss_reasons', z.looseObject({ id: z.int(), name: z.string() }))
export const usersList = list('users', z.looseObject({ id: z.int(), name: z.string() }))
export const webhooksList = list(
  'webhooks',
  z.looseObject({
    destination: z.string(),
    settings: z.array(z.string()),
    disabled: z.boolean().nullish(),
  }),
)

export const accountSchema = z.looseObject({
  id: z.int(),
  name: z.string().nullish(),
  subdomain: z.string().nullish(),
  current_user_id: z.int().nullish(),
  amojo_id: z.string().nullish(),
})

/** Writes answer ids only; a single one flat or wrapped. */
const writtenItem = z.looseObject({ id: z.int(), request_id: z.string().nullish() })
export const writtenSchema = z.looseObject({
  id: z.int().optional(),
  _embedded: z.record(z.string(), z.array(writtenItem)).optional().catch(undefined),
})

export type AmocrmLead = z.output<typeof leadSchema>
export type AmocrmContact = z.output<typeof contactSchema>
export type AmocrmField = z.output<typeof fieldSchema>
export type AmocrmPipeline = z.output<typeof pipelineSchema>
