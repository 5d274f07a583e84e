import { readTime, type ReadTimeResult } from '@lead/scheduling'
import type { Offer, TurnCalendar, Wish } from './turn-calendar.ts'

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
  'other_channel',
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
  const meant = read.map((one) => onTheTable(one, calendar.offered))
  const wishes = read.flatMap((one, i) => meant[i] ?? one.found)
  const needCalendar =
    classification !== null && (wishes.length > 0 || !intentsWithoutCalendar.includes(classification.intent))
  return {
    wishes,
    unclear: read.some((one, i) => one.ambiguous && !meant[i]),
    needCalendar,
    askGoogle: needCalendar && calendar.busy === null,
  }
}

/** Words that can be read in several ways are clear when exactly one offered time is among the readings. */
function onTheTable(
  { found, ambiguous, alternatives = [] }: ReadTimeResult,
  offered: Offer[],
): Wish[] | null {
  if (!ambiguous || alternatives.length === 0) return null
  const readings: Wish[] = [...found, ...alternatives]
  const meant = offered.filter(({ start }) => {
    const at = Date.parse(start)
    return readings.some(({ point, from, to }) =>
      point
        ? Date.parse(point) === at
        : from !== undefined && to !== undefined && Date.parse(from) <= at && at < Date.parse(to),
    )
  })
  return meant.length === 1 ? [{ point: meant[0]!.start }] : null
}
