import * as z from 'zod'
import { factNames } from './classification.ts'
import type { Intent } from './intents.ts'
import { doubtSchema } from './doubt.ts'
import { foundFactSchema } from './enrichment.ts'
import { languageSchema } from './language.ts'
import { vendorSchema } from './model-calls.ts'
import { playgroundSchema, rehearsalSchema } from './rehearsal.ts'
import { standingSchema } from './sales-stages.ts'
import { turnKindSchema } from './turn-kinds.ts'
import { busySchema, instantSchema, offerSchema, spanSchema } from './times.ts'

/** The workflows that can think about a turn. The path of the webhook of each is its name. */
export const turnWorkflows = ['lead-processing', 'lead-processing-agent'] as const
export type TurnWorkflow = (typeof turnWorkflows)[number]

/** A turn as n8n names it in each report: its id, and the fencing number that it was dispatched with. */
export const turnLeaseSchema = z.object({
  turnId: z.number().int().positive(),
  fencing: z.number().int().positive(),
})
export type TurnLease = z.infer<typeof turnLeaseSchema>

/** What each report of n8n about a turn has. */
export const turnReportSchema = turnLeaseSchema.extend({
  /** The execution of n8n that reports: people open it from the lead. */
  executionId: z.string().max(100).nullish(),
  /** The workflow of that execution: an n8n of one's own gives ids of its own. */
  workflowId: z.string().max(100).nullish(),
  /** The process of n8n that it runs in, which holds a connection to the API while it lives. */
  n8nProcess: z.uuid().nullish(),
})
export type TurnReport = z.infer<typeof turnReportSchema>

const sellerHoursSchema = z.object({
  id: z.string(),
  timeZone: z.string(),
  workingHours: z.array(z.object({ days: z.array(z.number()), start: z.string(), end: z.string() })),
  bufferBefore: z.number(),
  bufferAfter: z.number(),
})
export type SellerHours = z.infer<typeof sellerHoursSchema>

/** The part of a turn that the calendar helpers need. Zones are IANA names. */
export const turnCalendarSchema = z.object({
  now: instantSchema,
  /** Zone of the lead. */
  timeZone: z.string(),
  lang: languageSchema,
  /** Whether offered times are told with the name of the zone. */
  withZone: z.boolean(),
  durationMin: z.number(),
  stepMin: z.number(),
  minNoticeMin: z.number(),
  /** Search window. */
  window: spanSchema,
  /** How many times to offer. */
  count: z.number(),
  /** The seller who keeps this lead while they have time, or null. */
  ownSeller: z.string().nullable(),
  /** Who was booked longest ago first: of two sellers who are free at the same time that one is offered. */
  sellers: z.array(sellerHoursSchema),
  /** Busy times per seller when the shared cache has them all, else null. */
  busy: busySchema.nullable(),
  /** What may be picked now: what was offered last, or the list that the lead quotes. */
  offered: z.array(offerSchema),
  /** Which of it the lead's newest words take by a sign or a place in the list, by id; `which`: they agree, and it is not clear to which. */
  picked: z.string().max(40).nullable(),
  /** What the lead's booked meeting blocks, buffers included, if there is one: it does not stand in the way of its own move. */
  meeting: z
    .object({ sellerId: z.string(), start: instantSchema, from: instantSchema, to: instantSchema })
    .nullable(),
})
export type TurnCalendar = z.infer<typeof turnCalendarSchema>

/** `replyTo`: the older message that this one quotes or reacts to. */
const lineSchema = z.object({ text: z.string(), at: instantSchema, replyTo: z.string().optional() })

/** Who said a line; `seller`: a human of ours, from the phone or on the card. */
export const speakerSchema = z.enum(['lead', 'assistant', 'seller'])
export type Speaker = z.infer<typeof speakerSchema>

/** What both models are told. */
export const talkSchema = z.object({
  kind: turnKindSchema,
  language: languageSchema,
  now: z.object({ iso: instantSchema, text: z.string(), timeZone: z.string() }),
  /** null: the card names nobody to greet. */
  lead: z.object({ name: z.string().nullable() }),
  /** Of what stands before `history`, oldest first: one line of the CRM for each answer. */
  summary: z.array(z.string()).default([]),
  history: z.array(lineSchema.extend({ from: speakerSchema })),
  newMessages: z.array(lineSchema),
  meeting: z.object({ label: z.string() }).nullable(),
})

export type Talk = z.infer<typeof talkSchema>

/** Questions about ourselves that are answered honestly, whatever a model makes of them. */
export const askedOfUs = ['asks_if_bot', 'asks_source'] as const satisfies Intent[]
export type AskedOfUs = (typeof askedOfUs)[number]

/** What the card in the CRM says of a request; values as strangers typed them. */
export const cardSchema = z.object({
  title: z.string().nullable(),
  /** Where the request came from, as far as the card says. */
  source: z.string().nullable(),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  /** What a look-up found of their company, not what they said; nothing to state. */
  found: z.array(foundFactSchema).default([]),
  /** Earlier requests of the same contact, newest first. */
  earlier: z.array(z.object({ title: z.string(), stage: z.string(), at: instantSchema })),
})
export type BriefCard = z.infer<typeof cardSchema>

/** What the sales step is told besides the free times. `problem`: why its last try could not be used. */
export const briefSchema = talkSchema.extend({
  business: z.object({
    company: z.string(),
    seller: z.string(),
    offer: z.string(),
    disclosure: z.string(),
  }),
  knowledge: z.string(),
  facts: z.partialRecord(z.enum(factNames), z.string()),
  stage: z.string(),
  card: cardSchema,
  /** How a lead is addressed in Russian: вы or ты. */
  address: z.enum(['formal', 'informal']),
  /** Which of these code heard in the new messages, and the sentence that answers each. */
  asked: z.array(z.enum(askedOfUs)),
  truth: z.record(z.enum(askedOfUs), z.string()),
  standing: standingSchema,
  problem: z.string().optional(),
})
export type Brief = z.infer<typeof briefSchema>

/** Everything that n8n needs to think about a turn, so that it never has to ask. */
export const turnSchema = z.object({
  turn: z.object({
    id: z.number().int().positive(),
    fencing: z.number().int().positive(),
    kind: turnKindSchema,
    leadId: z.number().int(),
    /** Set: of nobody, played in n8n's editor or in the console. Its reports go to /rehearsals, where nothing is stored or sent. */
    rehearsal: z.union([rehearsalSchema, playgroundSchema]).optional(),
  }),
  decided: z.boolean(),
  /** Names and parameters: config/models.yaml knows what each family takes. */
  models: z.object({
    /** Which vendors to ask, the first one first; one that is away is left out. */
    ask: z.array(vendorSchema).min(1),
    doubt: doubtSchema.nullable().default(null),
    /** Of the experiment, in the place of the sales step's own; null: its own. */
    salesPrompt: z.string().max(60_000).nullable().default(null),
    openai: z.object({
      name: z.string(),
      extraBody: z.record(z.string(), z.union([z.number(), z.string()])),
      /** The same for an agent, which calls tools. */
      agentBody: z.record(z.string(), z.union([z.number(), z.string()])),
    }),
    anthropic: z.object({
      name: z.string(),
      maxTokens: z.number().int().positive(),
      effort: z.enum(['low', 'medium', 'high']).nullable(),
    }),
  }),
  classifierPrompt: z.string(),
  brief: briefSchema,
  calendar: turnCalendarSchema,
  freeBusy: z.object({ body: z.unknown() }),
})
export type Turn = z.infer<typeof turnSchema>
