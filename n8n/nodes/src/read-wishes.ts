import {
  type Classification,
  intents,
  type Offer,
  type TurnCalendar,
  type Wish,
  type Wishes,
  wants,
} from '@lead/contract'
import { readTime, type ReadTimeResult } from '@lead/scheduling'

/** Turns the lead's own words about time into intervals. The model only quotes; the dates are computed here. */
export function readWishes(
  classification:
    | (Pick<Classification, 'intent' | 'timeQuotes' | 'language'> & { also?: Classification['also'] })
    | null,
  calendar: TurnCalendar,
): Wishes {
  // Nothing but a sign or a place in the list was said: "the 2nd" is no date then.
  const quotes = calendar.picked === null ? (classification?.timeQuotes ?? []) : []
  // When to write again has nothing to do with the hour of the meeting.
  const { meeting, offered } = calendar
  const booked =
    meeting && classification?.intent !== 'snooze'
      ? { start: meeting.start, offered: offered.map(({ start }) => start) }
      : undefined
  const read = quotes.map((text) =>
    readTime({
      text,
      lang: classification?.language,
      reference: calendar.now,
      tz: calendar.timeZone,
      booked,
    }),
  )
  const meant = read.map((one) => onTheTable(one, calendar.offered))
  const wishes = read.flatMap((one, i) => meant[i] ?? one.found)
  // Who says "2" or sends a thumb takes a time, whatever the model hears in it.
  const needCalendar =
    calendar.picked !== null ||
    (classification !== null &&
      (wishes.length > 0 || wants(classification).some((one) => intents[one].freeTimes)))
  return {
    wishes,
    unclear: read.some((one, i) => isUnclear(one) && !meant[i]),
    needCalendar,
    askGoogle: needCalendar && calendar.busy === null,
  }
}

/** A time that the model heard and code cannot read is asked about, unless it was only refused ("not on Friday"). */
function isUnclear({ ambiguous, found, unwanted }: ReadTimeResult): boolean {
  return ambiguous || (found.length === 0 && !unwanted)
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
