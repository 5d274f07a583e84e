import { z } from 'zod'

/** What we read of amoCRM's answers; more may be in them. A custom field that is empty is null there, and a list here. */
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

export const leadSchema = z.looseObject({
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
      tags: z.array(z.looseObject({ name: z.string() })).nullish(),
    })
    .nullish(),
})

const page = <Name extends string, Item extends z.ZodType>(name: Name, item: Item) =>
  z.looseObject({
    _links: z.looseObject({ next: z.looseObject({ href: z.string() }).nullish() }).nullish(),
    _embedded: z.object({ [name]: z.array(item) } as Record<Name, z.ZodArray<Item>>),
  })

export const contactSchema = z.looseObject({
  id: z.number(),
  name: z.string().nullish(),
  first_name: z.string().nullish(),
  custom_fields_values: fieldValues,
  _embedded: z.looseObject({ leads: z.array(z.looseObject({ id: z.number() })).nullish() }).nullish(),
})

const pipelineSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  is_main: z.boolean(),
  _embedded: z.looseObject({
    statuses: z.array(
      z.looseObject({
        id: z.number(),
        name: z.string(),
        sort: z.number().default(0),
        type: z.number().nullish(),
      }),
    ),
  }),
})

const fieldSchema = z.looseObject({
  id: z.number(),
  name: z.string().nullish(),
  code: z.string().nullish(),
  type: z.string(),
})

const noteSchema = z.looseObject({
  id: z.number(),
  note_type: z.string().nullish(),
  created_by: z.number().nullish(),
  params: z.looseObject({ text: z.string().nullish() }).nullish(),
})

export const leadsPage = page('leads', leadSchema)
export const contactsPage = page('contacts', contactSchema)
export const pipelinesPage = page('pipelines', pipelineSchema)
export const fieldsPage = page('custom_fields', fieldSchema)
export const notesPage = page('notes', noteSchema)
export const tasksPage = page(
  'tasks',
  z.looseObject({ id: z.number(), text: z.string().nullish(), entity_id: z.number().nullish() }),
)
export const eventsPage = page('events', z.looseObject({ entity_id: z.number() }))
export const reasonsPage = page('loss_reasons', z.looseObject({ id: z.number(), name: z.string() }))
export const usersPage = page('users', z.looseObject({ id: z.number(), name: z.string() }))
export const webhooksPage = page(
  'webhooks',
  z.looseObject({
    destination: z.string(),
    settings: z.array(z.string()),
    disabled: z.boolean().nullish(),
  }),
)

export const accountSchema = z.looseObject({
  id: z.number(),
  name: z.string().nullish(),
  subdomain: z.string().nullish(),
  current_user_id: z.number().nullish(),
  amojo_id: z.string().nullish(),
})

/** Writes answer ids only; a single one flat or wrapped. */
const writtenItem = z.looseObject({ id: z.number(), request_id: z.string().nullish() })
export const writtenSchema = z.looseObject({
  id: z.number().optional(),
  _embedded: z.record(z.string(), z.array(writtenItem)).optional().catch(undefined),
})

export type AmocrmLead = z.output<typeof leadSchema>
export type AmocrmContact = z.output<typeof contactSchema>
export type AmocrmPipeline = z.output<typeof pipelineSchema>
