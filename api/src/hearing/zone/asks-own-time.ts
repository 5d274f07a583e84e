import { anyOf } from '@lead/scheduling'
import { plainWords } from '../plain-words.ts'

const asks = anyOf([
  'по (?:какому|чьему|моему|нашему|вашему) (?:времени|часовому поясу)',
  '(?:во )?сколько (?:это )?(?:будет )?(?:у меня|у нас|по моему|по нашему|по местному)(?: времени)?',
  '(?:это|а) (?:по )?(?:мск|москве|московскому|вашему|моему|нашему)(?: времени)?',
  '(?:какой|в каком) (?:у вас )?часов(?:ой|ом) пояс(?:е)?',
  '(?:my|your|which|what|whose) time ?zone',
  '(?:in|on) (?:my|our|your|whose|which) (?:local )?time',
  '(?:my|your) (?:local )?time or (?:mine|my|yours|your)(?: time)?',
  'what time (?:is|would|will) (?:that|it|this)(?: be)? (?:for me|for us|here|in [\\p{L} ]{2,20})',
  "what(?:'s| is) (?:that|it|this|\\d[\\d:apm ]*) (?:in|for) (?:my|me|our|us)",
])
const ourHour =
  /(?:у вас|ваши|ваших|по вашему(?: времени)?|your time|your|at your end)\s*(?:в |это |will be |at )?(\d{1,2})(?::(\d{2}))?\s*(am|pm)?/u

/** The lead asks what a time of ours is on their own clock, or by whose clock we speak. `hour`: the hour of ours that they name, in minutes of the day. */
export function asksOwnTime(text: string): { minutes: number | null } | null {
  const plain = plainWords(text)
  if (!/\?|сколько|what/u.test(plain) || !asks.test(plain)) return null
  const found = ourHour.exec(plain)
  if (!found) return { minutes: null }
  const hour = (Number(found[1]) % (found[3] ? 12 : 24)) + (found[3] === 'pm' ? 12 : 0)
  const minutes = hour * 60 + Number(found[2] ?? 0)
  return { minutes: minutes < 24 * 60 ? minutes : null }
}
