import { actions, type Proposal } from '@lead/contract'
import { readTime, type ReadTimeInput } from '@lead/scheduling'

/** `booked`: the lead's meeting and the times that are on the table in its place. */
export type WordsFacts = { now: Date; timeZone: string; booked: ReadTimeInput['booked'] }

/**
 * Whether a time that is to be booked is one that the lead's own words name. A model that takes Tuesday at ten when they wrote "завтра в
 * полтретьего" is refused; words that name no time, or that can be read in several ways, are other rules' business.
 * @returns why not, or null
 */
export function checkWords(
  { sales, offers, classification }: Proposal,
  { now, timeZone, booked }: WordsFacts,
): string | null {
  const taken = offers.find(({ id }) => id === sales.offerId)
  if (!actions[sales.action].takesTime || !taken || !classification) return null
  const at = Date.parse(taken.start)
  const read = classification.timeQuotes.map((text) =>
    readTime({ text, lang: classification.language, reference: now.toISOString(), tz: timeZone, booked }),
  )
  // In doubt about one of several mentions, the readings of all are allowed.
  const readings = read.flatMap(({ found, alternatives = [] }) => [...found, ...alternatives])
  if (readings.length === 0) return null
  const fits = readings.some((one) =>
    'point' in one
      ? Date.parse(one.point) === at
      : (one.from === undefined || Date.parse(one.from) <= at) &&
        (one.to === undefined || at < Date.parse(one.to)),
  )
  return fits
    ? null
    : 'the lead named another time than the one to be booked; offer times near theirs, or ask'
}
