import { z } from 'zod'
import { clip } from '../text/storable.ts'

/** Up to the year 9999, where a date ends. */
const unixSec = z.int().min(0).max(253_402_300_799)

/** A list inside of a card, read item by item: what we do not know of it must not hide the rest. Null, or no list at all, is empty. */
const lenient = <Item extends z.ZodType>(item: Item) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((list): z.output<Item>[] =>
      (list ?? []).flatMap((one) => {
        const { data, success } = item.safeParse(one)
        return success ? [data] : []
      }),
    )
const soft = <Inner extends z.ZodType>(inner: Inner) => inner.nullish().catch(null)

/**
 * What we read of amoCRM's answers; more may be in them. A custom field that is empty is null there, and a list here. Values of some
 * kinds (lists of catalogs) have no `value`.
 */
const fieldValues = lenient(
  z.looseObject({
    field_id: z.int(),
    field_code: soft(z.string()),
    values: lenient(z.looseObject({ value: z.unknown().optional() })),
  }),
)

export const leadSchema = z.looseObject({
  id: z.int(),
  name: soft(z.string()),
  status_id: z.int(),
  pipeline_id: z.int(),
  responsible_user_id: soft(z.int()),
  created_at: unixSec,
  updated_at: unixSec,
  is_deleted: soft(z.boolean()),
  custom_fields_values: fieldValues,
  _embedded: soft(
    z.looseObject({
      contacts: lenient(z.looseObject({ id: z.int(), is_main: soft(z.boolean()) })),
      tags: lenient(z.looseObject({ name: z.string() })),
    }),
  ),
})

/** All that amoCRM leaves of what was deleted, in lists that show it. */
const deletedSchema = z.looseObject({
  id: z.int(),
  is_deleted: z.literal(true),
  updated_at: unixSec.nullish().catch(null),
})
export const deletedModel = deletedSchema.transform(() => undefined)

/** A list of amoCRM's: its items stand under `name`, and each is read by itself. */
export type List<Item> = { name: string; item: z.ZodType<Item> }
export const list = <Item>(name: string, item: z.ZodType<Item>): List<Item> => ({ name, item })

/** One page of a list; items of another list would be a mistake of ours. */
export const pageSchema = z.looseObject({
  _links: z.looseObject({ next: z.looseObject({ href: z.string() }).nullish() }).nullish(),
  _embedded: z.record(z.string(), z.array(z.unknown())),
})

/** An item that does not fit what we know of amoCRM. `id` null: not even that can be read. Times are unix seconds. */
export type BrokenItem = { list: string; id: number | null; updatedAt: number | null; problem: string }
export type DeletedItem = { id: number; updatedAt: number | null }

/** Reads each item by itself: one that does not fit must not hide the others. */
export function sieve<Item>(
  { name, item }: List<Item>,
  raw: unknown[],
): { items: Item[]; broken: BrokenItem[]; deleted: DeletedItem[] } {
  const items: Item[] = []
  const broken: BrokenItem[] = []
  const deleted: DeletedItem[] = []
  for (const one of raw) {
    const parsed = item.safeParse(one)
    const gone = deletedSchema.safeParse(one).data
    if (parsed.success) items.push(parsed.data)
    else if (gone) deleted.push({ id: gone.id, updatedAt: gone.updated_at ?? null })
    else {
      const problem = clip(z.prettifyError(parsed.error), 500)
      const { id, updated_at: updatedAt } = readable.parse(one)
      broken.push({ list: name, id, updatedAt, problem })
    }
  }
  return { items, broken, deleted }
}

const readable = z
  .looseObject({
    id: z.int().positive().nullable().catch(null),
    updated_at: unixSec.nullable().catch(null),
  })
  .catch({ id: null, updated_at: null })

export const contactSchema = z.looseObject({
  id: z.int(),
  name: soft(z.string()),
  first_name: soft(z.string()),
  updated_at: soft(unixSec),
  custom_fields_values: fieldValues,
  _embedded: soft(z.looseObject({ leads: lenient(z.looseObject({ id: z.int() })) })),
})

const pipelineSchema = z.looseObject({
  id: z.int(),
  name: z.string(),
  is_main: z.boolean(),
  _embedded: z.looseObject({
    statuses: lenient(
      z.looseObject({
        id: z.int(),
        name: z.string(),
        sort: z.number().default(0),
        type: soft(z.number()),
      }),
    ),
  }),
})

const fieldSchema = z.looseObject({
  id: z.int(),
  name: z.string().nullish(),
  code: z.string().nullish(),
  type: z.string(),
  enums: lenient(z.looseObject({ id: z.int(), value: z.coerce.string(), code: soft(z.string()) })),
})

export const noteSchema = z.looseObject({
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
  z.looseObject({
    id: z.int(),
    text: soft(z.string()),
    entity_id: soft(z.int()),
    is_completed: soft(z.boolean()),
    complete_till: soft(unixSec),
  }),
)
const eventSchema = z.looseObject({
  type: z.string(),
  entity_id: z.int(),
  created_at: unixSec,
  value_before: lenient(
    z.looseObject({ lead_status: soft(z.looseObject({ id: z.int(), pipeline_id: z.int() })) }),
  ),
})
export const eventsList = list('events', eventSchema)
export const reasonsList = list('loss_reasons', z.looseObject({ id: z.int(), name: z.string() }))
export const tagsList = list('tags', z.looseObject({ id: z.int(), name: z.string() }))
export const userSchema = z.looseObject({
  id: z.int(),
  name: soft(z.string()),
  rights: soft(z.looseObject({ is_admin: soft(z.boolean()) })),
})
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
  is_api_filter_enabled: soft(z.boolean()),
  is_loss_reason_enabled: soft(z.boolean()),
  is_unsorted_on: soft(z.boolean()),
})

/** Writes answer ids and when it was; a single one flat or wrapped. */
const updatedAt = z.int().nullish().catch(null)
const writtenItem = z.looseObject({
  id: z.int(),
  request_id: z.string().nullish(),
  updated_at: updatedAt,
})
export const writtenSchema = z.looseObject({
  id: z.int().optional(),
  updated_at: updatedAt,
  _embedded: z.record(z.string(), z.array(writtenItem)).optional().catch(undefined),
})

export type AmocrmLead = z.output<typeof leadSchema>
export type AmocrmContact = z.output<typeof contactSchema>
export type AmocrmEvent = z.output<typeof eventSchema>
export type AmocrmField = z.output<typeof fieldSchema>
export type AmocrmAccount = z.output<typeof accountSchema>
export type AmocrmPipeline = z.output<typeof pipelineSchema>
