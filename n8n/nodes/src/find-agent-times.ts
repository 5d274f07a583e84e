import {
  type Brief,
  type Busy,
  type Classification,
  explainNotFree,
  type FreeTimes,
  type Plan,
  type TurnCalendar,
} from '@lead/contract'
import { findFreeTimes } from './find-free-times.ts'
import { readWishes } from './read-wishes.ts'

/** What an agent's search for times comes to: what it is told, and what of it may be proposed. */
export type AgentTimes = { told: Record<string, unknown>; found: FreeTimes }

const nothing: FreeTimes = { offers: [], wishFree: null, notFree: [], wishUnclear: false }

/**
 * Free times for an agent. Only the lead's own words about a time count: an agent that has a wish of its own would be told of times
 * that nobody asked for, and code must know when words can be read in two ways.
 * @param said words about a time that the agent quotes, or empty
 */
export function findAgentTimes(
  {
    calendar,
    busy,
    classification,
    brief,
    plan,
  }: {
    calendar: TurnCalendar
    busy: Busy | null
    classification: Classification | null
    brief: Brief
    plan: Plan
  },
  said: string,
): AgentTimes {
  const quote = said.trim()
  if (quote && !brief.newMessages.some(({ text }) => plain(text).includes(plain(quote))))
    return { found: nothing, told: { problem: `the lead did not write ${JSON.stringify(quote)}` } }
  if (!busy) return { found: nothing, told: { problem: 'the calendar is not known now' } }
  const quotes = classification?.timeQuotes ?? []
  const isNew = quote !== '' && !quotes.some((one) => plain(one).includes(plain(quote)))
  const wishes = readWishes(
    {
      intent: classification?.intent ?? 'other',
      language: classification?.language ?? brief.language,
      timeQuotes: isNew ? [...quotes, quote] : quotes,
    },
    calendar,
  )
  const found = findFreeTimes(calendar, busy, { ...wishes, needCalendar: true })
  const isTooEarly = plan.offer === 'not yet' && calendar.offered.length === 0
  return {
    found,
    told: {
      offers: (isTooEarly ? [] : found.offers).map(({ id, label }) => ({ id, label })),
      ...(isTooEarly && { problem: 'it is too early to offer times: see plan' }),
      wishFree: found.wishFree,
      notFree: explainNotFree(found.notFree, brief.language),
      wishUnclear: found.wishUnclear,
    },
  }
}

const plain = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ')
