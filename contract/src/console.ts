import * as z from 'zod'
import { actionNames } from './actions.ts'
import { calendarStepSchema } from './calendar-steps.ts'
import { factNames, objectionNames } from './classification.ts'
import { funnelSteps, integrationNames, queues, roles, tokenScopes } from './console-names.ts'
import { eventTypeSchema } from './events.ts'
import { intentNames } from './intents.ts'
import { languageSchema } from './language.ts'
import { notFreeReasonSchema } from './not-free.ts'
import { offerSchema } from './times.ts'

export * from './console-names.ts'

/** What the console and the API say to each other. Instants are dates in the API and ISO texts on the wire. */

/** A value as it is read from JSON. */
export type Wire<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Wire<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Wire<Value[Key]> }
      : Value

export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

export const meSchema = z.object({
  id: z.number(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  sellerId: z.string().nullable(),
  hasSecondFactor: z.boolean(),
  company: z.object({ ru: z.string(), en: z.string() }),
  /** IANA zone of the company: times are shown in it beside the lead's own. */
  timeZone: z.string(),
  /** Integrations that run against their simulators. */
  simulated: z.array(z.string()),
  production: z.boolean(),
  amocrmUrl: z.string(),
  sellers: z.array(z.object({ id: z.string(), name: z.object({ ru: z.string(), en: z.string() }) })),
})
export type Me = Wire<z.infer<typeof meSchema>>

export const personSchema = z.object({
  id: z.number(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  sellerId: z.string().nullable(),
  seenAt: z.date().nullable(),
  disabled: z.boolean(),
  /** How many browsers are signed in. */
  sessions: z.number(),
})
export type Person = Wire<z.infer<typeof personSchema>>

export const queueSchema = z.enum(queues)
export type Queue = z.infer<typeof queueSchema>

export const countersSchema = z.object(
  Object.fromEntries(queues.map((queue) => [queue, z.number()])) as Record<Queue, z.ZodNumber>,
)
export type Counters = z.infer<typeof countersSchema>

const controlSchema = z.enum(['ai', 'human', 'paused'])
const stageSchema = z.enum(['new', 'contacted', 'qualified', 'booked', 'won', 'lost'])
const authorSchema = z.enum(['lead', 'ai', 'human', 'system'])
const turnKindSchema = z.enum(['first_touch', 'answer', 'follow_up', 'reminder', 'no_show', 'operator'])
/** `pending` and `sending` are on their way; `dead` needs a human; `cancelled` will not be said. */
export const deliveryStateSchema = z.enum(['pending', 'sending', 'delivered', 'cancelled', 'dead'])

/** What the assistant will do next of itself, and when. */
const nextSchema = z.object({ kind: turnKindSchema, at: z.date() }).nullable()

export const leadRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  queue: queueSchema,
  control: controlSchema,
  controlUntil: z.date().nullable(),
  controlBy: z.string().nullable(),
  controlReason: z.string().nullable(),
  controlSource: z.string(),
  stage: stageSchema,
  sellerId: z.string().nullable(),
  lastAt: z.date(),
  lastText: z.string().nullable(),
  lastAuthor: authorSchema.nullable(),
  lastDelivery: deliveryStateSchema.nullable(),
  /** Since when the lead waits for an answer. */
  unansweredSince: z.date().nullable(),
  isThinking: z.boolean(),
  /** What the assistant decided waits for a human. */
  hasDraft: z.boolean(),
  snoozedUntil: z.date().nullable(),
  next: nextSchema,
  /** Of a search by words: the line that has them. */
  found: z.string().nullable(),
})
export type LeadRow = Wire<z.infer<typeof leadRowSchema>>

export const leadPageSchema = z.object({
  leads: z.array(leadRowSchema),
  /** For the next page; null: there is none. */
  after: z.string().nullable(),
})
export type LeadPage = Wire<z.infer<typeof leadPageSchema>>

export const messageSchema = z.object({
  id: z.number(),
  direction: z.enum(['in', 'out']),
  author: authorSchema,
  /** The human who wrote it in the console. */
  writtenBy: z.string().nullable(),
  text: z.string(),
  kind: z.string(),
  fileName: z.string().nullable(),
  durationSec: z.number().nullable(),
  /** What of it is stored: `stored` can be opened. */
  file: z.enum(['pending', 'stored', 'too_large', 'gone']).nullable(),
  transcript: z.string().nullable(),
  at: z.date(),
  editedAt: z.date().nullable(),
  originalText: z.string().nullable(),
  deletedAt: z.date().nullable(),
  turnId: z.number().nullable(),
  /** The right answer, where a human marked this one wrong. */
  right: z.string().nullable(),
  delivery: z.object({
    state: deliveryStateSchema,
    reason: z.string().nullable(),
    /** When it is tried next. */
    runAt: z.date().nullable(),
    outboxId: z.number().nullable(),
  }),
})
export type Message = Wire<z.infer<typeof messageSchema>>

export const noteSchema = z.object({ id: z.number(), author: z.string(), text: z.string(), at: z.date() })
export type Note = Wire<z.infer<typeof noteSchema>>

export const threadSchema = z.object({
  /** Oldest first. */
  messages: z.array(messageSchema),
  notes: z.array(noteSchema),
  /** For older ones; null: these are all. */
  before: z.number().nullable(),
})
export type Thread = Wire<z.infer<typeof threadSchema>>

export const meetingStatusSchema = z.enum(['held', 'booking', 'booked', 'cancelled', 'released', 'expired'])
export const consoleMeetingSchema = z.object({
  id: z.number(),
  leadId: z.number(),
  leadName: z.string(),
  leadZone: z.string().nullable(),
  sellerId: z.string(),
  status: meetingStatusSchema,
  startsAt: z.date(),
  endsAt: z.date(),
  holdUntil: z.date().nullable(),
  meetLink: z.string().nullable(),
  noShowAt: z.date().nullable(),
})
export type ConsoleMeeting = Wire<z.infer<typeof consoleMeetingSchema>>

export const leadCardSchema = z.object({
  id: z.number(),
  name: z.string(),
  contactName: z.string().nullable(),
  phones: z.array(z.string()),
  email: z.string().nullable(),
  username: z.string().nullable(),
  telegramUserId: z.number().nullable(),
  boundBy: z.enum(['link', 'contact', 'phone', 'username', 'earlier']).nullable(),
  boundSign: z.string().nullable(),
  language: languageSchema.nullable(),
  languageSource: z.string().nullable(),
  timeZone: z.string().nullable(),
  zoneSource: z.string().nullable(),
  queue: queueSchema,
  stage: stageSchema,
  stageSince: z.date(),
  stageBy: z.string(),
  facts: z.partialRecord(z.enum(factNames), z.string()),
  /** By the rules of business.yaml. */
  score: z.object({ score: z.number(), of: z.number() }),
  /** Everything that was learned, oldest first; what was replaced among it. */
  learned: z.array(
    z.object({
      name: z.enum(factNames),
      value: z.string(),
      sentence: z.string().nullable(),
      source: z.enum(['said', 'card']),
      at: z.date(),
      replacedAt: z.date().nullable(),
    }),
  ),
  control: controlSchema,
  controlUntil: z.date().nullable(),
  controlBy: z.string().nullable(),
  controlReason: z.string().nullable(),
  controlSource: z.string(),
  controlSince: z.date().nullable(),
  optedOutAt: z.date().nullable(),
  optedOutSource: z.string().nullable(),
  createdAt: z.date(),
  /** What the card in amoCRM says of the request: where it came from, and the fields that are not ours. */
  request: z.object({
    source: z.string().nullable(),
    answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  }),
  cardUrl: z.string(),
  isCardGone: z.boolean(),
  /** Changes that amoCRM does not have yet, and those that it never got. */
  crm: z.object({ waiting: z.number(), dead: z.number() }),
  unansweredSince: z.date().nullable(),
  thinking: z.object({ turnId: z.number(), kind: turnKindSchema, since: z.date() }).nullable(),
  next: nextSchema,
  /** What the assistant decided and a human has not let through yet, or words for who has the lead. */
  draft: z
    .object({
      id: z.number(),
      kind: z.enum(['approval', 'suggestion']),
      turnId: z.number(),
      turnKind: turnKindSchema,
      action: z.enum(actionNames),
      origin: z.enum(['ai', 'fallback', 'human', 'code']),
      note: z.string(),
      /** As the lead would read it. */
      text: z.string(),
      /** As it is edited: [TIMES] and [MEETING] are filled in when it is sent. */
      reply: z.string(),
      /** The time that it takes, in the company's zone. */
      when: z.string().nullable(),
      sellerId: z.string().nullable(),
      at: z.date(),
    })
    .nullable(),
  /** Whether decisions wait for a human, and what says so. */
  approval: z.object({ isOn: z.boolean(), by: z.enum(['lead', 'stage', 'business']) }),
  snoozedUntil: z.date().nullable(),
  meetings: z.array(consoleMeetingSchema),
  /** Other leads of the same person. */
  others: z.array(z.object({ id: z.number(), name: z.string(), queue: queueSchema, lastAt: z.date() })),
})
export type LeadCard = Wire<z.infer<typeof leadCardSchema>>

/** What is still to be done on the card in amoCRM; `tasks` null: it did not answer, and `problem` says how. */
export const leadTasksSchema = z.object({
  tasks: z.array(z.object({ id: z.number(), text: z.string(), dueAt: z.date().nullable() })).nullable(),
  problem: z.string().nullable(),
})
export type LeadTasks = Wire<z.infer<typeof leadTasksSchema>>

export const turnTraceSchema = z.object({
  id: z.number(),
  kind: turnKindSchema,
  state: z.enum(['pending', 'running', 'done', 'superseded', 'cancelled', 'failed']),
  runAt: z.date(),
  startedAt: z.date(),
  decidedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  /** What the lead had said since our last words. */
  heard: z.array(z.string()),
  intent: z.enum(intentNames).nullable(),
  confidence: z.number().nullable(),
  /** What else they wanted. */
  also: z.array(z.enum(intentNames)),
  timeQuotes: z.array(z.string()),
  learned: z.partialRecord(z.enum(factNames), z.string()),
  offers: z.array(offerSchema),
  pickedOfferId: z.string().nullable(),
  wishFree: z.boolean().nullable(),
  wishUnclear: z.boolean(),
  action: z.enum(actionNames).nullable(),
  origin: z.enum(['ai', 'fallback', 'human', 'code']).nullable(),
  note: z.string().nullable(),
  reply: z.string().nullable(),
  prompts: z.array(z.string()),
  refused: z.array(z.object({ problem: z.string(), reply: z.string() })),
  /** What was looked for in the knowledge, the ids of what was found, and of what the words rest on. */
  knowledge: z.object({ asked: z.string(), found: z.array(z.string()) }).nullable(),
  cited: z.array(z.string()),
  /** Where n8n shows the newest try; null: there is none, or nobody said where n8n is. */
  executionUrl: z.string().nullable(),
  /** Each call of a model; the cost in US dollars. */
  calls: z.array(
    z.object({
      vendor: z.string(),
      model: z.string(),
      step: z.string(),
      outcome: z.string(),
      ms: z.number(),
      input: z.number().nullable(),
      output: z.number().nullable(),
      cost: z.number().nullable(),
      /** Of the reviewer: pass, or the rule that it refused for. */
      verdict: z.string().nullable(),
    }),
  ),
  lost: z.array(z.string()),
})
export type TurnTrace = Wire<z.infer<typeof turnTraceSchema>>

export const healthSchema = z.object({
  production: z.boolean(),
  integrations: z.array(
    z.object({
      name: z.enum(['database', 'cache', 'n8n', 'worker', 'telegram', 'amocrm', 'hooks', 'google']),
      isSimulated: z.boolean(),
      ok: z.boolean(),
      detail: z.string().nullable(),
    }),
  ),
  accounts: z.array(
    z.object({
      account: z.string(),
      state: z.string(),
      detail: z.string().nullable(),
      phone: z.string().nullable(),
      until: z.date().nullable(),
      /** Dialogs begun in the last 24 hours. */
      begun: z.number(),
      mostPerDay: z.number(),
    }),
  ),
  calendars: z.array(
    z.object({
      sellerId: z.string(),
      calendarId: z.string(),
      connected: z.boolean(),
      disconnectedAt: z.date().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  work: z.array(
    z.object({
      name: z.enum(['inbox', 'turns', 'telegram', 'amocrm']),
      due: z.number(),
      oldestAt: z.date().nullable(),
    }),
  ),
  halted: z.object({
    isOn: z.boolean(),
    by: z.string().nullable(),
    reason: z.string().nullable(),
    since: z.date().nullable(),
  }),
  deadLetters: z.number(),
  budgets: z.object({
    /** Of this day; `most` null: no limit. */
    today: z.array(
      z.object({
        name: z.enum(['usd', 'tokens', 'messages']),
        spent: z.number(),
        most: z.number().nullable(),
      }),
    ),
    isSpent: z.boolean(),
    endsAt: z.date(),
    /** Turns that wait for it. */
    held: z.number(),
    /** Models without a price: they are not in the money. */
    unpriced: z.array(z.string()),
  }),
})
export type Health = Wire<z.infer<typeof healthSchema>>

/** Something that an integration needs: what it has, or what is wrong with it and the step that mends it. */
export const setupRowSchema = z.object({
  what: z.string(),
  has: z.string(),
  fault: z.string().nullable(),
  next: z.string().nullable(),
})
export type SetupRow = z.infer<typeof setupRowSchema>

export const setupSchema = z.object({
  production: z.boolean(),
  company: z.object({
    name: z.object({ ru: z.string(), en: z.string() }),
    timeZone: z.string(),
    sellers: z.array(
      z.object({ id: z.string(), name: z.object({ ru: z.string(), en: z.string() }), calendar: z.string() }),
    ),
    /** Whom the assistant works, and whether it acts. */
    mode: z.enum(['live', 'shadow', 'guests']),
  }),
  integrations: z.array(
    z.object({ name: z.enum(integrationNames), isSimulated: z.boolean(), way: z.string() }),
  ),
  /** Whether accounts log in by a person: a bot has a token. */
  mayLogIn: z.boolean(),
  knowledge: z.number(),
})
export type SetUp = z.infer<typeof setupSchema>

/** One account of Telegram while somebody logs it in. */
export const telegramLoginSchema = z.object({
  account: z.string(),
  state: z.string(),
  detail: z.string().nullable(),
  phone: z.string().nullable(),
  /** What to show as a QR code; it changes every half minute. */
  qr: z.object({ url: z.string(), expiresAt: z.date() }).nullable(),
})
export type TelegramLogin = Wire<z.infer<typeof telegramLoginSchema>>

/** A fault of a file: where, what, and how it is mended. `line` 0: of the whole file. */
export const fileProblemSchema = z.object({
  line: z.number(),
  path: z.string(),
  problem: z.string(),
  fix: z.string(),
})
export type FileProblem = z.infer<typeof fileProblemSchema>

export const businessTextSchema = z.object({
  file: z.string(),
  text: z.string(),
  /** Of exactly this text: a save names it, so that nobody writes over what somebody else changed. */
  version: z.string(),
  /** Why it cannot be written; null: it can. */
  readOnly: z.string().nullable(),
})
export type BusinessText = z.infer<typeof businessTextSchema>

export const checkedTextSchema = z.object({
  problems: z.array(fileProblemSchema),
  /** Against the file as it is now; what stays is left out but for the lines around a change. */
  diff: z.array(z.object({ kind: z.enum(['same', 'in', 'out', 'gap']), line: z.number(), text: z.string() })),
  version: z.string(),
})
export type CheckedText = z.infer<typeof checkedTextSchema>

export const foundItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  /** 0: it does not answer what was asked, and there was room. */
  score: z.number(),
})
export type FoundItem = z.infer<typeof foundItemSchema>

/** A talk that somebody plays as a lead. Nothing of it is stored, sent or booked. */
export const playgroundTalkSchema = z.object({
  id: z.string(),
  state: z.enum(['idle', 'thinking', 'failed', 'handed_off']),
  /** Why it failed. */
  problem: z.string().nullable(),
  stage: stageSchema,
  facts: z.partialRecord(z.enum(factNames), z.string()),
  lines: z.array(
    z.object({
      from: z.enum(['lead', 'assistant']),
      text: z.string(),
      at: z.date(),
      /** How the assistant came to its words; null for the lead's. */
      thought: z
        .object({
          intent: z.enum(intentNames).nullable(),
          action: z.enum(actionNames),
          note: z.string(),
          origin: z.enum(['ai', 'fallback', 'human', 'code']),
          /** What rules refused before. */
          refused: z.array(z.string()),
          stage: stageSchema,
          /** What Google would be asked. */
          google: z.array(calendarStepSchema),
          ms: z.number(),
        })
        .nullable(),
    }),
  ),
})
export type PlaygroundTalk = Wire<z.infer<typeof playgroundTalkSchema>>

export const deadLetterSchema = z.object({
  door: z.enum(['inbox', 'outbox']),
  id: z.number(),
  leadId: z.number().nullable(),
  leadName: z.string().nullable(),
  /** Where it came from or was to go. */
  channel: z.string(),
  kind: z.string(),
  reason: z.string().nullable(),
  attempts: z.number(),
  at: z.date(),
  text: z.string().nullable(),
})
export type DeadLetter = Wire<z.infer<typeof deadLetterSchema>>

const alertChannelSchema = z.enum(['telegram', 'email', 'webhook'])
export const alertsPageSchema = z.object({
  alerts: z.array(
    z.object({
      id: z.number(),
      kind: z.enum(['hand_off', 'dead_letter', 'integration', 'provider']),
      /** The name of a lead, an integration, a provider or a channel. */
      subject: z.string(),
      detail: z.string().nullable(),
      /** Of how many things the cause is. */
      count: z.number(),
      leadId: z.number().nullable(),
      raisedAt: z.date(),
      lastAt: z.date(),
      resolvedAt: z.date().nullable(),
      acknowledgedAt: z.date().nullable(),
      acknowledgedBy: z.string().nullable(),
      /** Where it was told; nowhere when no channel was set up. */
      told: z.array(
        z.object({
          channel: alertChannelSchema,
          state: z.enum(['pending', 'sending', 'sent', 'dropped', 'dead']),
        }),
      ),
    }),
  ),
  /** For older ones; null: these are all. */
  before: z.number().nullable(),
  /** How many nobody has seen and are not over. */
  open: z.number(),
})
export type AlertsPage = Wire<z.infer<typeof alertsPageSchema>>

export const filterSchema = z.object({
  id: z.number(),
  name: z.string(),
  queue: z.string(),
  search: z.string(),
})
export type Filter = z.infer<typeof filterSchema>

export const evaluationCaseSchema = z.object({
  id: z.number(),
  leadId: z.number(),
  leadName: z.string(),
  messageId: z.number(),
  turnId: z.number().nullable(),
  said: z.string(),
  right: z.string(),
  comment: z.string().nullable(),
  by: z.string(),
  at: z.date(),
  /** What was said before, facts, stage, language and the decision. */
  context: z.record(z.string(), z.unknown()),
})
export type EvaluationCase = Omit<z.infer<typeof evaluationCaseSchema>, 'at'> & { at: string }

export const auditPageSchema = z.object({
  entries: z.array(
    z.object({
      id: z.number(),
      at: z.date(),
      actor: z.string(),
      action: z.string(),
      leadId: z.number().nullable(),
      leadName: z.string().nullable(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  before: z.number().nullable(),
})
export type AuditEntry = Omit<z.infer<typeof auditPageSchema>['entries'][number], 'at'> & { at: string }
export type AuditPage = { entries: AuditEntry[]; before: number | null }

export const alertChannelsSchema = z.object({
  channels: z.array(
    z.object({
      name: alertChannelSchema,
      /** What it still needs, and the very line that brings it: nothing when it is on. */
      missing: z.array(
        z.object({ name: z.string(), file: z.enum(['.env', 'config/business.yaml']), line: z.string() }),
      ),
      to: z.array(z.string()),
      lastError: z.string().nullable(),
    }),
  ),
})
/** What came of a test of a channel; `fault` null: the other side took it. */
export const alertTestSchema = z.object({
  fault: z
    .object({
      /** `recipient`: the way is fine, but whom it leads to is not; `refused`: all else that the other side says no to. */
      kind: z.enum(['missing', 'unreachable', 'denied', 'recipient', 'refused']),
      /** Whose fault it is, as the settings name it; what the other side said. */
      setting: z.string(),
      said: z.string(),
    })
    .nullable(),
})
export type AlertTest = Wire<z.infer<typeof alertTestSchema>>

export type AlertChannels = Wire<z.infer<typeof alertChannelsSchema>>

export const calendarWeekSchema = z.object({
  sellers: z.array(
    z.object({
      id: z.string(),
      name: z.object({ ru: z.string(), en: z.string() }),
      timeZone: z.string(),
      connected: z.boolean(),
      /** Weekly hours: day 0 is Sunday, times are the seller's wall clock. */
      hours: z.array(z.object({ day: z.number(), from: z.string(), to: z.string() })),
      /** Times that Google says are taken and that are not ours; null: not known at the moment. */
      busy: z.array(z.object({ from: z.string(), to: z.string() })).nullable(),
    }),
  ),
  meetings: z.array(consoleMeetingSchema),
  /** Times that leads were offered and have not answered yet. */
  offered: z.array(
    z.object({
      leadId: z.number(),
      leadName: z.string(),
      sellerId: z.string(),
      startsAt: z.date(),
      endsAt: z.date(),
    }),
  ),
})
export type CalendarWeek = Wire<z.infer<typeof calendarWeekSchema>>

/** What the lead would be told of a change; null: nothing, they asked for no messages. */
export const wordsToLeadSchema = z.object({ text: z.string().nullable(), language: languageSchema })

/** Whether a meeting could begin then: null is yes, else why the assistant offers no such time. Of each seller who is shown. */
export const whyNotOfferedSchema = z.object({
  durationMin: z.number(),
  sellers: z.array(
    z.object({
      id: z.string(),
      reason: z.union([notFreeReasonSchema, z.enum(['disconnected', 'not_known'])]).nullable(),
    }),
  ),
})
export type WhyNotOffered = z.infer<typeof whyNotOfferedSchema>

const durations = z.object({ count: z.number(), p50: z.number().nullable(), p95: z.number().nullable() })
const funnelSchema = z.array(z.object({ step: z.enum(funnelSteps), count: z.number() }))
/** The same funnel of a part of the leads; `name` null: of those of whom it is not known. */
const partSchema = z.object({ name: z.string().nullable(), funnel: funnelSchema })
export const numbersSchema = z.object({
  from: z.date(),
  to: z.date(),
  /** The sources of this time, the most first; null: of some leads it is not known. They are all, whichever was asked for. */
  choices: z.array(z.string().nullable()),
  funnel: funnelSchema,
  /** In seconds. */
  firstTouch: durations,
  reply: durations,
  /** Of the answers that `reply` times, those to what was written when no seller works. */
  outsideHours: z.number(),
  /** What the models took in this time, and the meetings that were made in it; cost in US dollars. */
  spent: z.object({ cost: z.number(), tokens: z.number(), meetings: z.number() }),
  handedOff: z.array(z.object({ source: z.string(), count: z.number() })),
  /** What leads wanted when the assistant handed them over; null: no model was asked. */
  handOffs: z.array(z.object({ intent: z.enum(intentNames).nullable(), count: z.number() })),
  /** What objections were about, each counted once for a turn. */
  objections: z.array(z.object({ kind: z.enum(objectionNames), count: z.number() })),
  /** Where the card says that leads came from, the most first; `name` '…' is all that are fewer. */
  sources: z.array(partSchema),
  /** By the seller of the newest meeting. */
  sellers: z.array(partSchema),
  /** Of each prompt of an experiment: name/a is the one of docs/, name/b the other. */
  variants: z.array(partSchema),
  days: z.array(z.object({ day: z.string(), received: z.number(), replied: z.number(), booked: z.number() })),
})
export type Numbers = Wire<z.infer<typeof numbersSchema>>

/** What changed of a lead, as the stream of changes says it. */
export type Change = { leadId: number; kind: 'lead' | 'message' | 'turn' | 'meeting' | 'delivery' | 'note' }

/** Everything that is kept of one person, table by table. */
export const heldOfPersonSchema = z.object({
  person: z.object({
    leads: z.array(z.number()),
    contacts: z.array(z.number()),
    peers: z.array(z.number()),
    phones: z.array(z.string()),
    usernames: z.array(z.string()),
    emails: z.array(z.string()),
    conversations: z.array(z.number()),
    chats: z.array(z.string()),
  }),
  /** Other leads with a sign of theirs: perhaps the same person. */
  alike: z.array(z.number()),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
})
export type HeldOfPerson = Wire<z.infer<typeof heldOfPersonSchema>>

export const erasureSchema = z.object({
  id: z.number(),
  at: z.date(),
  by: z.string(),
  proof: z.object({
    deleted: z.record(z.string(), z.number()),
    blanked: z.record(z.string(), z.number()),
    files: z.number(),
    /** Null: left to a human. */
    n8nExecutions: z.number().nullable(),
    marks: z.number(),
    hash: z.string(),
  }),
})

/** What was erased, and what a human deletes where it is not ours to. */
export const erasedPersonSchema = z.object({
  erasure: erasureSchema,
  elsewhere: z.object({
    amocrm: z.object({ leads: z.array(z.number()), contacts: z.array(z.number()) }),
    telegram: z.array(z.number()),
    google: z.array(z.string()),
  }),
  alike: z.array(z.number()),
})
export type ErasedPerson = Wire<z.infer<typeof erasedPersonSchema>>

export const listedWebhookSchema = z.object({
  id: z.number(),
  url: z.string(),
  events: z.array(eventTypeSchema),
  createdAt: z.date(),
  createdBy: z.string(),
  /** Whoever was called said that it is gone; null: it is told. */
  stoppedReason: z.string().nullable(),
  waiting: z.number(),
  /** Given up: they are sent again by hand. */
  dead: z.number(),
  /** Of the newest delivery, if it failed. */
  lastError: z.string().nullable(),
  lastSentAt: z.date().nullable(),
})
export type ListedWebhook = Wire<z.infer<typeof listedWebhookSchema>>

export const tokenScopeSchema = z.enum(tokenScopes)
export const listedTokenSchema = z.object({
  id: z.number(),
  name: z.string(),
  scope: tokenScopeSchema,
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  usedAt: z.date().nullable(),
})
export type ListedToken = Wire<z.infer<typeof listedTokenSchema>>
