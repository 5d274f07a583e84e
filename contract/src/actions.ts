type ActionRules = {
  meaning: string
  /** What it changes in the calendar, if anything. */
  calendar: 'book' | 'move' | 'cancel' | null
  /** Whether it takes one of the offered times. */
  takesTime: boolean
  /** Whether it makes sense only while the calendar can be reached. */
  needsCalendar: boolean
  /** Whether the conversation so far goes onto the card with it. */
  milestone: boolean
  /** Whether the lead is lost with it. */
  loses: boolean
  /** Whether its words may be thrown away unsent: nothing but the words was promised or done. */
  onlyWords: boolean
}

const rules = {
  talk: {
    meaning: 'only words',
    calendar: null,
    takesTime: false,
    needsCalendar: false,
    milestone: false,
    loses: false,
    onlyWords: true,
  },
  offer_times: {
    meaning: 'offers free times',
    calendar: null,
    takesTime: false,
    needsCalendar: true,
    milestone: false,
    loses: false,
    onlyWords: true,
  },
  book: {
    meaning: 'books an offered time',
    calendar: 'book',
    takesTime: true,
    needsCalendar: true,
    milestone: true,
    loses: false,
    onlyWords: false,
  },
  move: {
    meaning: 'moves the booked meeting to an offered time',
    calendar: 'move',
    takesTime: true,
    needsCalendar: true,
    milestone: true,
    loses: false,
    onlyWords: false,
  },
  cancel: {
    meaning: 'cancels the booked meeting',
    calendar: 'cancel',
    takesTime: false,
    needsCalendar: true,
    milestone: true,
    loses: false,
    onlyWords: false,
  },
  handoff: {
    meaning: 'a human takes over',
    calendar: null,
    takesTime: false,
    needsCalendar: false,
    milestone: true,
    loses: false,
    onlyWords: false,
  },
  close: {
    meaning: 'says goodbye for good',
    calendar: null,
    takesTime: false,
    needsCalendar: false,
    milestone: true,
    loses: true,
    onlyWords: false,
  },
} as const satisfies Record<string, ActionRules>

export type Action = keyof typeof rules
export type CalendarPurpose = NonNullable<ActionRules['calendar']>

/** What the sales step may propose, and what each action asks of the system. One row is all an action needs here. */
export const actions: Record<Action, ActionRules> = rules
export const actionNames = Object.keys(rules) as [Action, ...Action[]]

/** The actions whose words a newer message of the lead makes outdated. */
export const onlyWords: Action[] = actionNames.filter((name) => actions[name].onlyWords)
