/** What code does with it by itself, whatever the models say. */
type IntentByCode =
  /** A human gets the lead, who is told so. */
  | 'hand over'
  /** Nothing is answered and nothing is sold: a human gets one task. */
  | 'fall silent'
  /** Nothing is answered: a machine wrote. The assistant goes on when other words come. */
  | 'wait for other words'

type IntentRules = {
  /** What the lead wants, for people who read the code; the model is told by docs/prompts-classifier.md. */
  meaning: string
  /** Whether free times help to answer, also when the lead named no time. */
  freeTimes: boolean
  /** Whether it can be served only with the calendar. */
  needsCalendar: boolean
  /** Whether the lead is lost with it. */
  loses: boolean
  /** null: the assistant answers. */
  byCode: IntentByCode | null
  /** Whether it is about the time of the meeting: a list of times may follow a list of times. */
  aboutTime: boolean
}

const rules = {
  greeting: {
    meaning: 'only a greeting',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  interested: {
    meaning: 'speaks of their need, answers a question, shows interest',
    freeTimes: true,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  question: {
    meaning: 'asks about the product, price, terms',
    freeTimes: true,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  objection: {
    meaning: 'a doubt that is not yet a no',
    freeTimes: true,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  snooze: {
    meaning: 'asks to be written to later',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  wants_meeting: {
    meaning: 'agrees to meet, or names a time that is not among the offers',
    freeTimes: true,
    needsCalendar: true,
    loses: false,
    byCode: null,
    aboutTime: true,
  },
  picks_time: {
    meaning: 'accepts one of the offered times',
    freeTimes: true,
    needsCalendar: true,
    loses: false,
    byCode: null,
    aboutTime: true,
  },
  reschedule: {
    meaning: 'wants another time for the booked meeting',
    freeTimes: true,
    needsCalendar: true,
    loses: false,
    byCode: null,
    aboutTime: true,
  },
  cancel: {
    meaning: 'wants to drop the booked meeting',
    freeTimes: false,
    needsCalendar: true,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  not_interested: {
    meaning: 'a no to the offer itself',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  opt_out: {
    meaning: 'asks not to be written to any more',
    freeTimes: false,
    needsCalendar: false,
    loses: true,
    byCode: null,
    aboutTime: false,
  },
  other_channel: {
    meaning: 'wants to go on by phone, e-mail or another messenger',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  wants_human: {
    meaning: 'asks for a living person',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  counter_offer: {
    meaning: 'names another time than those that are on the table',
    freeTimes: true,
    needsCalendar: true,
    loses: false,
    byCode: null,
    aboutTime: true,
  },
  asks_if_bot: {
    meaning: 'asks whether a machine writes',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  asks_source: {
    meaning: 'asks where we have them from',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
  wrong_person: {
    meaning: 'is not the person whom the card means',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: 'hand over',
    aboutTime: false,
  },
  complaint: {
    meaning: 'complains of us, our work or this conversation',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: 'hand over',
    aboutTime: false,
  },
  abuse: {
    meaning: 'insults or advertises; nothing to do with our offer',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: 'fall silent',
    aboutTime: false,
  },
  auto_reply: {
    meaning: 'a machine answered: out of office, an auto-responder, a bot',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: 'wait for other words',
    aboutTime: false,
  },
  other: {
    meaning: 'anything else',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
    byCode: null,
    aboutTime: false,
  },
} as const satisfies Record<string, IntentRules>

export type Intent = keyof typeof rules

/** What the lead wants most in the new messages, and what each wish asks of the system. One row is all an intent needs here. */
export const intents: Record<Intent, IntentRules> = rules
export const intentNames = Object.keys(rules) as [Intent, ...Intent[]]
