type IntentRules = {
  /** What the lead wants, for people who read the code; the model is told by docs/prompts-classifier.md. */
  meaning: string
  /** Whether free times help to answer, also when the lead named no time. */
  freeTimes: boolean
  /** Whether it can be served only with the calendar. */
  needsCalendar: boolean
  /** Whether the lead is lost with it. */
  loses: boolean
}

const rules = {
  greeting: {
    meaning: 'only a greeting',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
  },
  interested: {
    meaning: 'speaks of their need, answers a question, shows interest',
    freeTimes: true,
    needsCalendar: false,
    loses: false,
  },
  question: {
    meaning: 'asks about the product, price, terms',
    freeTimes: true,
    needsCalendar: false,
    loses: false,
  },
  objection: {
    meaning: 'a doubt that is not yet a no',
    freeTimes: true,
    needsCalendar: false,
    loses: false,
  },
  snooze: {
    meaning: 'asks to be written to later',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
  },
  wants_meeting: {
    meaning: 'agrees to meet, or names a time that is not among the offers',
    freeTimes: true,
    needsCalendar: true,
    loses: false,
  },
  picks_time: {
    meaning: 'accepts one of the offered times',
    freeTimes: true,
    needsCalendar: true,
    loses: false,
  },
  reschedule: {
    meaning: 'wants another time for the booked meeting',
    freeTimes: true,
    needsCalendar: true,
    loses: false,
  },
  cancel: {
    meaning: 'wants to drop the booked meeting',
    freeTimes: false,
    needsCalendar: true,
    loses: false,
  },
  not_interested: {
    meaning: 'a no to the offer itself',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
  },
  opt_out: {
    meaning: 'asks not to be written to any more',
    freeTimes: false,
    needsCalendar: false,
    loses: true,
  },
  other_channel: {
    meaning: 'wants to go on by phone, e-mail or another messenger',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
  },
  wants_human: {
    meaning: 'asks for a living person',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
  },
  other: {
    meaning: 'anything else',
    freeTimes: false,
    needsCalendar: false,
    loses: false,
  },
} as const satisfies Record<string, IntentRules>

export type Intent = keyof typeof rules

/** What the lead wants most in the new messages, and what each wish asks of the system. One row is all an intent needs here. */
export const intents: Record<Intent, IntentRules> = rules
export const intentNames = Object.keys(rules) as [Intent, ...Intent[]]
