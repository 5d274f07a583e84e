import * as z from 'zod'
import { type Classification, type FactName, factNames, wants } from './classification.ts'
import { intents } from './intents.ts'
import { type Facts, nextQuestion, qualificationSchema, scoreFacts } from './qualification.ts'
import type { TurnKind } from './turn-kinds.ts'

/** What the API knows of where a talk stands, besides the facts. */
export const standingSchema = z.object({
  rules: qualificationSchema,
  /** How often the lead has answered, bursts counted once. */
  answers: z.number().int().min(0),
  /** Our last words were a list of times. */
  justOffered: z.boolean(),
  /** There was a meeting, and none is to come. */
  hasMet: z.boolean(),
})
export type Standing = z.infer<typeof standingSchema>

export type Situation = {
  kind: TurnKind
  hasMeeting: boolean
  hasMet: boolean
  /** What the lead wants most; null: they wrote nothing new. */
  intent: Classification['intent'] | null
  /** They speak of the time of a meeting. */
  aboutTime: boolean
  knowsNeed: boolean
  /** By score or by the number of answers, the time has come to offer a meeting. */
  isReady: boolean
}

type StageRules = {
  /** What brings a talk here. The first stage that fits counts, so what stands above is the way out of it. */
  enters: (situation: Situation) => boolean
  /** What brings it on, for who reads this table. */
  leaves: string
  /** What the one message is for; the model is told. */
  goal: string
  /** Whether the message asks about the next fact that is missing. */
  asks: boolean
  /** `asked`: times are offered only to who speaks of a time. */
  offers: 'free' | 'asked' | 'never'
}

/** The stages of a sale, from the one that counts most. */
const rules = {
  first_touch: {
    enters: ({ kind }) => kind === 'first_touch',
    leaves: 'the lead answers',
    goal: 'Say who writes and why, by what `card` says of their request, so that they want to answer.',
    asks: true,
    offers: 'never',
  },
  booked: {
    enters: ({ kind, hasMeeting }) => hasMeeting && kind !== 'no_show',
    leaves: 'the meeting is over or dropped',
    goal: 'The meeting is booked: keep it. Answer briefly; sell nothing, ask for nothing that can wait until then.',
    asks: false,
    offers: 'asked',
  },
  after: {
    enters: ({ kind, hasMet }) => kind === 'no_show' || hasMet,
    leaves: 'another meeting is booked',
    goal: 'There was a meeting: ask how to go on, or find another time if it did not take place.',
    asks: false,
    offers: 'free',
  },
  objection: {
    enters: ({ intent, aboutTime }) => intent === 'objection' && !aboutTime,
    leaves: 'the doubt is answered, or becomes a no',
    goal: 'Take the doubt seriously, answer it with what `knowledge` says, then ask what would settle it. Do not press.',
    asks: false,
    offers: 'asked',
  },
  offer: {
    enters: ({ aboutTime, isReady }) => aboutTime || isReady,
    leaves: 'a time is taken',
    goal: 'Agree on a short meeting with the seller.',
    asks: false,
    offers: 'free',
  },
  need: {
    enters: ({ knowsNeed }) => !knowsNeed,
    leaves: 'the lead says what they want to solve',
    goal: 'Understand what they want to solve.',
    asks: true,
    offers: 'asked',
  },
  qualification: {
    enters: () => true,
    leaves: 'enough is known to offer a meeting',
    goal: 'Show that their need was understood, and learn the one thing that `plan.ask` names.',
    asks: true,
    offers: 'asked',
  },
} as const satisfies Record<string, StageRules>

export type SalesStage = keyof typeof rules
export const salesStages: Record<SalesStage, StageRules> = rules
export const salesStageNames = Object.keys(rules) as [SalesStage, ...SalesStage[]]

/** What the next message is for. */
export const planSchema = z.object({
  stage: z.enum(salesStageNames),
  /** The one fact to ask about; null: none. */
  ask: z.enum(factNames).nullable(),
  /** `just made`: the list of times stands right above. */
  offer: z.enum(['may', 'not yet', 'just made']),
  score: z.number(),
})
export type Plan = z.infer<typeof planSchema>

/** @param known what is stored of the lead; what the newest words say is added. @param saysTime whether code read a time or a pick in them */
export function planMessage({
  kind,
  hasMeeting,
  known,
  classification,
  saysTime,
  standing,
}: {
  kind: TurnKind
  hasMeeting: boolean
  known: Facts
  classification: Classification | null
  saysTime: boolean
  standing: Standing
}): Plan {
  const facts = withNew(known, classification)
  const { score } = scoreFacts(facts, standing.rules)
  const { offerTimes } = standing.rules
  const aboutTime =
    saysTime || (classification !== null && wants(classification).some((one) => intents[one].aboutTime))
  const situation: Situation = {
    kind,
    hasMeeting,
    hasMet: standing.hasMet,
    intent: classification?.intent ?? null,
    aboutTime,
    knowsNeed: Boolean(facts.need),
    isReady: score >= offerTimes.score || standing.answers >= offerTimes.answers,
  }
  const stage = salesStageNames.find((name) => salesStages[name].enters(situation)) ?? 'qualification'
  const { asks, offers } = salesStages[stage]
  return {
    stage,
    ask: asks ? nextQuestion(facts, standing.rules) : null,
    offer: offerOf(offers, aboutTime, standing.justOffered),
    score,
  }
}

function offerOf(offers: StageRules['offers'], aboutTime: boolean, justOffered: boolean): Plan['offer'] {
  if (aboutTime && offers !== 'never') return 'may'
  if (offers !== 'free') return 'not yet'
  return justOffered ? 'just made' : 'may'
}

function withNew(known: Facts, classification: Classification | null): Facts {
  const said: [FactName, string | null][] = classification
    ? factNames.map((name) => [name, classification.facts[name]])
    : []
  return { ...known, ...Object.fromEntries(said.filter(([, words]) => words)) }
}
