import type { Offer, Talk } from '@lead/contract'
import { formatSlot, offerId, Temporal } from '@lead/scheduling'
import type { Label } from './read-labels.ts'

export const evalZone = 'Europe/Moscow'
/** A Monday, 10:00 in Moscow. */
export const evalNow = '2031-02-03T07:00:00Z'

/** @param wallClock `2031-02-04 15:00` in `zone` */
export const instantOf = (wallClock: string, zone = evalZone): string =>
  Temporal.PlainDateTime.from(wallClock.replace(' ', 'T')).toZonedDateTime(zone).toInstant().toString()

/** What the classifier would get about a labelled reply, and the times on the table. */
export function talkOf({ say, language, context }: Pick<Label, 'say' | 'language' | 'context'>): {
  talk: Talk
  offers: Offer[]
} {
  const offers = context.offers.map((at): Offer => {
    const start = instantOf(at)
    const end = new Date(Date.parse(start) + 30 * 60_000).toISOString()
    return { id: offerId(start, 'anna'), label: labelOf(start, language), sellerId: 'anna', start, end }
  })
  const list = offers.map(({ label }, index) => `${index + 1}) ${label}`).join('\n')
  const meeting =
    context.meeting === undefined ? null : { label: labelOf(instantOf(context.meeting), language) }
  const fill = (text: string) =>
    text.replace('[LIST]', () => list).replace('[MEETING]', () => meeting?.label ?? '')
  const ago = (minutes: number) => new Date(Date.parse(evalNow) - minutes * 60_000).toISOString()
  const talk: Talk = {
    kind: 'answer',
    language,
    now: { iso: evalNow, text: labelOf(evalNow, language), timeZone: evalZone },
    lead: { name: language === 'ru' ? 'Олег' : 'Oliver' },
    summary: [],
    history: context.history.map((line, index) => ({
      ...('lead' in line
        ? { from: 'lead' as const, text: line.lead }
        : { from: 'assistant' as const, text: fill(line.assistant) }),
      at: ago((context.history.length - index) * 5),
    })),
    newMessages: say.map((text) => ({ text, at: ago(1) })),
    meeting,
  }
  return { talk, offers }
}

const labelOf = (instant: string, language: 'ru' | 'en') => formatSlot(instant, evalZone, language)
