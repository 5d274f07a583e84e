import { z } from 'zod'

const language = z.enum(['ru', 'en'])
const line = z.looseObject({ from: z.string().catch('lead'), text: z.string().catch('') })
const localText = z.union([z.string(), z.looseObject({ ru: z.string().catch(''), en: z.string().catch('') })])
const namedText = localText.optional().catch(undefined)

/**
 * The JSON between <turn> and </turn>. Both prompts get the first half, the sales prompt gets all of it. Tolerant on
 * purpose: a model reads what it can and does not fail on a key that it does not know.
 */
export const turnSchema = z.looseObject({
  kind: z.enum(['first_touch', 'answer', 'follow_up', 'reminder', 'no_show']).catch('answer'),
  language: language.optional().catch(undefined),
  now: z
    .looseObject({ iso: z.string().catch(''), timeZone: z.string().catch('UTC') })
    .catch({ iso: '', timeZone: 'UTC' }),
  lead: z.looseObject({ name: z.string().nullish().catch(null) }).catch({ name: null }),
  history: z.array(line).catch([]),
  newMessages: z.array(line).catch([]),
  offers: z.array(z.looseObject({ id: z.string(), label: z.string().catch('') })).catch([]),
  meeting: z
    .looseObject({ label: z.string().catch('') })
    .nullable()
    .catch(null),
  business: z
    .looseObject({ company: namedText, seller: namedText, offer: namedText, disclosure: namedText })
    .catch({}),
  knowledge: z.string().catch(''),
  facts: z.record(z.string(), z.unknown()).catch({}),
  classification: z
    .looseObject({
      intent: z.string().catch('other'),
      also: z.array(z.string()).catch([]),
      pickedOfferId: z.string().nullable().catch(null),
      facts: z.record(z.string(), z.unknown()).catch({}),
    })
    .nullable()
    .catch(null),
  plan: z
    .looseObject({ ask: z.string().nullable().catch(null), offer: z.string().catch('may') })
    .nullable()
    .catch(null),
  card: z
    .looseObject({
      title: z.string().nullable().catch(null),
      answers: z.array(z.looseObject({ question: z.string(), answer: z.string() })).catch([]),
    })
    .nullable()
    .catch(null),
  address: z.string().catch('formal'),
  asked: z.array(z.string()).catch([]),
  truth: z.record(z.string(), z.string()).catch({}),
  wishFree: z.boolean().nullable().catch(null),
  notFree: z.string().nullable().catch(null),
  wishUnclear: z.boolean().catch(false),
})

export type Turn = z.infer<typeof turnSchema>
export type Language = z.infer<typeof language>
export type Offer = Turn['offers'][number]
