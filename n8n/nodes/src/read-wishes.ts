import { readTime } from '@lead/scheduling'
import type { TurnCalendar, Wish } from './turn-calendar.ts'

export type Wishes = {
  wishes: Wish[]
  /** The lead named a time that can be read in more than one way: ask, do not guess. */
  unclear: boolean
  /** Whether the seller needs the calendar to answer at all. */
  needCalendar: boolean
  /** Whether Google must be asked: needed, and the shared cache does not know. */
  askGoogle: boolean
}

const intentsWithoutCalendar = [
  'opt_out',
  'wants_human',
  'snooze',
  'not_interested',
  'cancel',
  'greeting',
  'other',
]

/** Turns the lead's own words about time into intervals. The model only quotes; the dates are computed here. */
export function readWishes(
  classification: { intent: string; timeQuotes: string[]; language?: 'ru' | 'en' } | null,
  calendar: TurnCalendar,
): Wishes {
  const read = (classification?.timeQuotes ?? []).map((text) =>
    readTime({ text, lang: classification?.language, reference: calendar.now, tz: calendar.timeZone }),
  )
  const wishes = read.flatMap((one) => one.found)
  const needCalendar =
    classification !== null && (wishes.length > 0 || !intentsWithoutCalendar.includes(classification.intent))
  return {
    wishes,
    unclear: read.some((one) => one.ambiguous),
    needCalendar,
    askGoogle: needCalendar && calendar.busy === null,
  }
}
