import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promptOf, qualificationSchema, salesVersion } from '@lead/contract'
import { z } from 'zod'
import { readYaml, type YamlProblem } from './describe-yaml.ts'
import { inEachLanguage, languages } from '../../../texts/index.ts'
import { itemId, type KnowledgeItem, readItems } from '../knowledge/read-items.ts'
import { errorText } from '../text/storable.ts'
import { countrySchema } from '../person/country.ts'

export const businessFile = join(import.meta.dirname, '../../../config/business.yaml')

/**
 * live: all leads. guests: only leads with a tag or a phone of `guests`. shadow: everything but sending, booking and writing.
 */
export const workModes = ['live', 'shadow', 'guests'] as const
export type WorkMode = (typeof workModes)[number]

const bothLanguages = z.strictObject(inEachLanguage(() => z.string().min(1)))
const zone = z.string().refine(isZone, 'is not an IANA time zone, for instance Europe/Moscow')
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const window = z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/, 'must look like 10:00-13:00')
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must look like 21:00')
/** By id, by name, or by any of several names. */
const status = z.union([z.number().int(), z.array(z.string().min(1)).min(1), z.string().min(1)])

/** `tokens` in and out, `messages` of ours; null: no limit. */
const budgetSchema = z.strictObject({
  usd: z.number().positive().max(1_000_000).nullable(),
  tokens: z.number().int().min(1000).nullable(),
  messages: z.number().int().min(1).nullable(),
})

const businessSchema = z.strictObject({
  company: z.strictObject({
    name: bothLanguages,
    seller: bothLanguages,
    offer: bothLanguages,
    disclosure: bothLanguages,
  }),
  /** Whom the assistant works, and whether it acts; null: see `workMode`. */
  mode: z.enum(workModes).nullable().default(null),
  guests: z
    .strictObject({
      tags: z.array(z.string().min(1)).default([]),
      phones: z.array(z.string().regex(/^\+\d{7,15}$/, 'must look like +79161234567')).default([]),
    })
    .prefault({}),
  language: z.enum(languages),
  timeZone: zone,
  /** ISO code. Phones on cards that name no country are of this one. */
  country: countrySchema.default('RU'),
  meeting: z.strictObject({
    title: bothLanguages,
    durationMin: z.number().int().min(5).max(480),
    stepMin: z.number().int().min(5).max(480),
    minNoticeMin: z.number().int().min(0),
    horizonDays: z.number().int().min(1).max(60),
    bufferBeforeMin: z.number().int().min(0),
    bufferAfterMin: z.number().int().min(0),
    offers: z.number().int().min(1).max(5),
    holdMin: z.number().int().min(1).max(60),
    meetLink: z.boolean(),
    reminders: z.array(z.strictObject({ beforeMin: z.number().int().min(1).max(20_160) })).max(5),
    tellLeadOfCalendarChanges: z.boolean(),
  }),
  sellers: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9_-]{1,40}$/, 'small letters, digits, - and _'),
        name: bothLanguages,
        calendar: z.union([z.literal('default'), z.email()]),
        timeZone: zone,
        /** The seller's user in amoCRM: leads they are responsible for are offered their times first. */
        amocrmUserId: z.number().int().positive().optional(),
        workingHours: z.partialRecord(z.enum(dayNames), z.array(window)),
      }),
    )
    .min(1),
  /** What a bot answers without a model. */
  bot: z
    .strictObject({
      privacy: bothLanguages,
      stopped: bothLanguages,
      unknown: bothLanguages,
    })
    .prefault({
      privacy: inEachLanguage(({ bot }) => bot.privacy),
      stopped: inEachLanguage(({ bot }) => bot.stopped),
      unknown: inEachLanguage(({ bot }) => bot.unknown),
    }),
  /** Questions with the answers that the assistant may give; items of the knowledge like those of the files. */
  faq: z
    .array(
      z.strictObject({
        id: z.string().regex(itemId, 'small Latin letters, digits and -'),
        question: bothLanguages,
        answer: bothLanguages,
      }),
    )
    .refine((faq) => new Set(faq.map(({ id }) => id)).size === faq.length, 'an id is there twice')
    .default([]),
  privacy: z
    .strictObject({
      /** Models read placeholders for phones, e-mails, accounts, addresses and names of a lead. */
      maskForModels: z.boolean(),
    })
    .default({ maskForModels: false }),
  /** A second model reviews each reply where REVIEWER_KEY is set; an answer later than this counts as none. */
  review: z
    .strictObject({ isOn: z.boolean(), withinSec: z.number().min(1).max(12) })
    .default({ isOn: true, withinSec: 6 }),
  /** A second sales prompt for a share of the new leads, to compare the numbers; null: none. `prompt`: a file beside this one. */
  experiment: z
    .strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'small Latin letters, digits and -'),
      share: z.number().min(0).max(100),
      prompt: z.string().min(1),
    })
    .nullable()
    .default(null),
  /** What is asked for facts of a lead's company before the first touch, by the workflow `enrich`, and how long that waits; null: nothing. */
  enrich: z
    .strictObject({ url: z.url({ protocol: /^https?$/ }), withinSec: z.number().min(3).max(120) })
    .nullable()
    .default(null),
  quietHours: z.strictObject({ from: clock, to: clock }).nullable(),
  followUps: z
    .array(
      z.strictObject({
        afterHours: z
          .number()
          .min(0.01)
          .max(24 * 30),
      }),
    )
    .max(10),
  conversation: z.strictObject({
    debounceSec: z.number().min(0).max(120),
    debounceMaxSec: z.number().min(0).max(600),
    historyMessages: z.number().int().min(2).max(100),
    /** How a lead is addressed in Russian: вы, ты, or as they address us. */
    address: z.enum(['formal', 'informal', 'as_lead']).default('as_lead'),
  }),
  /** What is asked, how a lead is judged by the answers, and when times are offered or a human takes over. */
  qualification: qualificationSchema.default({
    questions: ['need', 'timeline', 'authority', 'budget'],
    score: [
      { fact: 'need', points: 40 },
      { fact: 'timeline', points: 20 },
      { fact: 'authority', points: 20 },
      { fact: 'budget', points: 20 },
    ],
    offerTimes: { score: 40, answers: 2 },
    handOffAt: null,
    closeAt: null,
  }),
  /** What one lead may cause in an hour; the rest waits, and a human is told. */
  perLeadAndHour: z
    .strictObject({
      messages: z.number().int().min(5).max(1000),
      files: z.number().int().min(1).max(1000),
      modelCalls: z.number().int().min(4).max(1000),
    })
    .default({ messages: 60, files: 20, modelCalls: 80 }),
  /** What all leads of a day, and one lead, may cost; null: no limit. */
  budgets: z
    .strictObject({
      perDay: budgetSchema.default({ usd: 50, tokens: 50_000_000, messages: 3000 }),
      perLead: budgetSchema.default({ usd: 3, tokens: 2_000_000, messages: 120 }),
    })
    .prefault({}),
  /** When a machine seems to answer us, the assistant falls silent and a human gets a task. */
  loops: z
    .strictObject({
      /** So many times the same or nearly the same sentence. */
      sameTexts: z.number().int().min(2).max(20),
      /** So many answers within so many minutes, without a step further. */
      exchanges: z.number().int().min(4).max(200),
      withinMin: z.number().int().min(1).max(1440),
    })
    .default({ sameTexts: 3, exchanges: 12, withinMin: 5 }),
  telegram: z
    .strictObject({
      newDialogs: z.strictObject({
        perDay: z.number().int().min(1).max(100),
        warmUpDays: z.number().int().min(0).max(90),
        warmUpPerDay: z.number().int().min(1).max(100),
        gapSec: z
          .tuple([z.number().min(0), z.number().max(86_400)])
          .refine(([shortest, longest]) => shortest <= longest, 'the shortest gap comes first'),
      }),
      lookups: z.strictObject({ perDay: z.number().int().min(1), gapSec: z.number().min(0) }),
      answersPerMinute: z.number().int().min(1).max(60),
      manner: z.strictObject({
        readSec: z.number().min(0).max(60),
        charsPerSec: z.number().min(1),
        longestTypingSec: z.number().min(0).max(60),
      }),
      filesMaxMb: z.number().min(0).max(50),
    })
    .default({
      newDialogs: { perDay: 20, warmUpDays: 14, warmUpPerDay: 10, gapSec: [90, 300] },
      lookups: { perDay: 30, gapSec: 10 },
      answersPerMinute: 20,
      manner: { readSec: 2, charsPerSec: 20, longestTypingSec: 15 },
      filesMaxMb: 10,
    }),
  /** For how many days what grows is kept; null: for good. */
  retention: z
    .strictObject({
      /** What came from outside, as it came. Words of people whose card comes later are looked for in eight days. */
      rawEventsDays: z.number().int().min(8).nullable().default(30),
      /** What finished turns noted for people. */
      turnTracesDays: z.number().int().min(1).nullable().default(30),
      /** What was delivered to Telegram and amoCRM; a key that is gone may be used again. */
      deliveriesDays: z.number().int().min(30).nullable().default(180),
      /** Voice messages, photos and files of leads; what was said in them stays. */
      filesDays: z.number().int().min(1).nullable().default(180),
      auditDays: z.number().int().min(30).nullable().default(730),
    })
    .prefault({}),
  /** Whose decisions wait for a human to let them through; each lead may be set apart in the console. */
  approval: z
    .strictObject({
      all: z.boolean().default(false),
      stages: z.array(z.enum(['new', 'contacted', 'qualified', 'booked'])).default([]),
    })
    .prefault({}),
  /** Whom an alert reaches outside of the console. Their secrets are variables: ALERTS_*. */
  alerts: z
    .strictObject({
      language: z.enum(languages).nullable().default(null),
      /** In the company's zone. Lost integrations are told at any hour. */
      quietHours: z.strictObject({ from: clock, to: clock }).nullable().default(null),
      telegram: z.strictObject({ chats: z.array(z.number().int()).max(50).default([]) }).prefault({}),
      email: z
        .strictObject({
          from: z.email().nullable().default(null),
          to: z.array(z.email()).max(50).default([]),
        })
        .prefault({}),
      webhook: z
        .strictObject({
          url: z
            .url({ protocol: /^https?$/ })
            .nullable()
            .default(null),
        })
        .prefault({}),
    })
    .prefault({}),
  amocrm: z.strictObject({
    statuses: z.strictObject({ contacted: status, qualified: status, booked: status, lost: status }),
    /** By id or name; empty: every pipeline is worked. */
    pipelines: z.array(z.union([z.number().int(), z.string().min(1)])).default([]),
    fields: z.record(z.string(), z.string()),
    contactTelegramField: z.string(),
    /** How long a lead whose card names nobody to write to waits for a phone or a username. */
    waitForContactHours: z
      .number()
      .min(0)
      .max(24 * 30)
      .default(24),
    lossReasons: z.partialRecord(z.enum(['notInterested', 'optOut', 'unreachable']), status).default({}),
    /** A note that a human types on the card stops the assistant. */
    humanNoteTakesOver: z.boolean().default(false),
    tags: z
      .strictObject({
        /** Put on by a human: the assistant is silent as long as one of them is there. */
        off: z.array(z.string().min(1)).default([]),
        /** Put on by a human: nobody writes any more. */
        optOut: z.array(z.string().min(1)).default([]),
        /** Put on by us with the first words. */
        worked: z.array(z.string().min(1)).default([]),
      })
      .prefault({}),
    /** The conversation goes onto the card when it has rested so long, and at every milestone. */
    transcriptRestMin: z.number().min(0.1).max(1440).default(10),
    /** What the field `source` of a lead of ours says; null: it is not written. */
    source: z.string().min(1).nullable().default(null),
  }),
})

export type Business = z.infer<typeof businessSchema> & {
  knowledge: KnowledgeItem[]
  /** The second sales prompt; null without an experiment. */
  variantPrompt: string | null
}

/**
 * The business rules: config/business.yaml and the items of config/knowledge/*.md, and the answers of `faq`.
 * @throws Error that names each wrong field
 */
export function readBusiness(file = businessFile): Business {
  const { value, problems } = judgeBusiness(readFileSync(file, 'utf8'), file)
  if (value !== null) return value
  const lines = problems.map(
    ({ line, path, problem, fix }) =>
      `  - ${path}${path && ': '}${problem} (${line > 0 ? `line ${line}; ` : ''}${fix})`,
  )
  throw new Error(`${file} has ${problems.length} problem(s):\n${lines.join('\n')}`)
}

/** What a text would mean as that file, beside the knowledge that lies there, or every fault of it. @throws Error of the knowledge */
export function judgeBusiness(
  text: string,
  file: string,
): { value: Business; problems: [] } | { value: null; problems: YamlProblem[] } {
  const { value, problems } = readYaml(text, businessSchema)
  if (value === null) return { value, problems }
  const faq = value.faq.map(({ id, question, answer }) => ({
    id,
    title: Object.values(question).join(' / '),
    text: Object.values(answer).join(' / '),
  }))
  const items = readItems(join(file, '../knowledge'))
  const twice = faq.find(({ id }) => items.some((item) => item.id === id))
  const fault = (path: string, problem: string, fix: string) => ({
    value: null,
    problems: [{ line: 0, path, problem, fix }],
  })
  if (twice)
    return fault('faq', `the id ${twice.id} is in knowledge/*.md already`, 'give one of the two another id')
  const variant = readVariant(file, value.experiment?.prompt)
  if ('problem' in variant) return fault('experiment.prompt', variant.problem, variant.fix)
  return {
    value: { ...value, knowledge: [...items, ...faq], variantPrompt: variant.prompt },
    problems: [],
  }
}

function readVariant(
  file: string,
  name: string | undefined,
): { prompt: string | null } | { problem: string; fix: string } {
  if (name === undefined) return { prompt: null }
  const path = join(file, '..', name)
  const fix = 'copy docs/prompts-sales.md and change it'
  if (!existsSync(path)) return { problem: `${path} is not there`, fix }
  try {
    const prompt = promptOf(readFileSync(path, 'utf8'), path)
    if (prompt.startsWith(`Prompt: ${salesVersion}\n`)) return { prompt }
  } catch (error) {
    return { problem: errorText(error), fix }
  }
  return { problem: `the prompt of ${path} must begin with "Prompt: ${salesVersion}"`, fix }
}

/** Where the file leaves it open: live with simulators, guests as soon as cards or messages are real. */
export const workMode = (
  { mode }: Pick<Business, 'mode'>,
  mocks: { amocrm: boolean; telegram: boolean },
): WorkMode => mode ?? (mocks.amocrm && mocks.telegram ? 'live' : 'guests')

/** A seller's weekly hours in the form of the scheduling rules: days 0 = Sunday to 6 = Saturday. */
export function workingHours(seller: Business['sellers'][number]) {
  return dayNames.flatMap((day, index) =>
    (seller.workingHours[day] ?? []).map((text) => ({
      days: [index],
      start: text.slice(0, 5),
      end: text.slice(6),
    })),
  )
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
