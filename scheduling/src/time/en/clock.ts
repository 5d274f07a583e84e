import { isFiller } from '../filler.ts'
import { rule, type Atom, type Clock, type Rule } from '../model.ts'
import { NUMBER, cardinal } from './numbers.ts'

const HALF =
  "(?: ?(?:o'?clock )?(?:in the )?(a\\.?m\\.?|p\\.?m\\.?|[ap] m)(?![\\p{L}\\d])(?! or [ap]m(?!\\p{L}))| (?:o'?clock )?in (?:the )?(morning|afternoon|evening)| (?:o'?clock )?at (night)| o'?clock)?"
// "July 3 am" is no name of an hour; "3 a" is none either.
const HOUR = `(${NUMBER})`

/** What follows an amount rather than a time. */
const NO_AMOUNT =
  '(?! ?(?:[%$€£]|usd|eur|dollars?|euros?|pounds?|people|users?|leads?|k(?!\\p{L})|m(?!\\p{L})|calls?|messages?|employees?|clients?|customers?|contacts?|deals?|rub\\p{L}*|points?|units?|pcs))'

const halves: [RegExp, Clock['half']][] = [
  [/^(?:a[. ]?m|morning)/u, 'am'],
  [/^p/u, 'pm'],
  [/^afternoon/u, 'day'],
  [/^evening/u, 'evening'],
  [/^night/u, 'night'],
]

type Halves = [string?, string?, string?]

function clock(h: number | undefined, m: number, said: Halves, more: Partial<Clock> = {}): Atom | null {
  if (h === undefined || h > 24 || m > 59 || (h === 24 && m > 0)) return null
  const word = said.find((part) => part)
  const half = word ? halves.find(([pattern]) => pattern.test(word))?.[1] : undefined
  return { is: 'clock', clock: { h, m, half, ...more } }
}

const minutesBefore = (h: number | undefined, minutes: number | undefined, said: Halves): Atom | null =>
  h === undefined || minutes === undefined || minutes === 0
    ? null
    : clock(h === 1 ? 12 : h - 1, 60 - minutes, said)

const minutes = (text: string): number | undefined =>
  text.endsWith('quarter') ? 15 : text.startsWith('half') ? 30 : cardinal(text)

function expectsTime(atoms: Atom[]): boolean {
  const last = atoms.findLast((atom) => !isFiller(atom))
  return (
    last === undefined || ['relation', 'day', 'part', 'join', 'clock', 'correction', 'stop'].includes(last.is)
  )
}

const is24 = (hour: string): { written24?: boolean } => ({
  written24: hour.startsWith('0') || Number(hour) > 12 || undefined,
})

/** Times of day in all forms that are more than a bare number. */
export const clockRules: Rule[] = [
  rule('([01]\\d|2[0-3])([0-5][05])(?= (?:tonight|tomorrow|today|sharp))', (m) =>
    clock(Number(m[1]), Number(m[2]), [], { written24: true, digital: true }),
  ),
  // "14-00": no range ends there.
  rule('([01]?\\d|2[0-3])-(00|2[5-9]|[345]\\d)', (m, atoms) =>
    expectsTime(atoms) ? clock(Number(m[1]), Number(m[2]), [], { written24: true, digital: true }) : null,
  ),
  rule(`(half|(?:a )?quarter|${NUMBER}(?: minutes?)?) (?:past|after) ${HOUR}${HALF}`, (m, atoms) => {
    const past = minutes(m[1]!.replace(/ minutes?/u, ''))
    // "3 after 5" is nothing people say.
    return past === undefined || (past < 5 && !expectsTime(atoms))
      ? null
      : clock(cardinal(m[2]!), past, [m[3], m[4], m[5]])
  }),
  rule(
    `((?:a )?quarter|five|ten|twenty|twenty[- ]five|5|10|20|25)(?: minutes?)? (?:to|till|til|before|of) ${HOUR}${HALF}`,
    (m, atoms) => {
      const digits = /^\d/u.test(m[1]!) && !m[0]!.includes('minute')
      const last = atoms.at(-1)
      const said = last?.is === 'relation' ? last.relation : undefined
      // "At 5 to 3" is a time, "5 to 3" may be a range.
      const range = (digits && said !== 'at') || said === 'from' || said === 'between'
      return range ? null : minutesBefore(cardinal(m[2]!), minutes(m[1]!), [m[3], m[4], m[5]])
    },
  ),
  rule(
    `(half|(?:a )?quarter|${NUMBER})(?: minutes?)? (to|till|before|past|after) (noon|midday|midnight)`,
    (m, atoms) => {
      const far = minutes(m[1]!)
      const last = atoms.at(-1)
      const said = last?.is === 'relation' ? last.relation : undefined
      // "9 to noon", "from ten till noon"
      if (far === undefined || far === 0 || far > 59) return null
      const isRange = /^\d+ (?:to|till)/u.test(m[0]!) && far < 12 && said !== 'at'
      if (isRange || said === 'from' || said === 'between') return null
      const middle = m[3] === 'midnight' ? 24 * 60 : 12 * 60
      const at = (middle + (/^(?:past|after)/u.test(m[2]!) ? far : -far)) % (24 * 60)
      return clock(Math.floor(at / 60), at % 60, [], { written24: true })
    },
  ),
  rule(`half[- ](one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})${HALF}`, (m) => {
    const h = cardinal(m[1]!)
    if (h === undefined || h === 0 || h > 12) return null
    // British for half past; a German or Russian speaker may mean half before.
    return clock(h, 30, [m[2], m[3], m[4]], { other: { h: h === 1 ? 12 : h - 1, m: 30 } })
  }),
  rule(`(\\d{1,2}):([0-5]\\d)(?::[0-5]\\d)?(?: ?(?:h|hrs|hours))?${HALF}`, (m) =>
    clock(Number(m[1]), Number(m[2]), [m[3], m[4], m[5]], is24(m[1]!)),
  ),
  rule(
    `(\\d{1,2})[.]([0-5]\\d)(?: ?(?:h|hrs?)(?!\\p{L}))?(?! ?(?:dollars|usd|eur|euros|pounds|gbp|million|k|m|x|percent|%|stars|gb|kg|km|hours))${HALF}`,
    (m, atoms) =>
      m[3] || expectsTime(atoms) ? clock(Number(m[1]), Number(m[2]), [m[3], m[4], m[5]], is24(m[1]!)) : null,
  ),
  rule('(\\d{1,2})(?::([0-5]\\d))? ?([ap])', (m) => clock(Number(m[1]), Number(m[2] || 0), [`${m[3]}m`])),
  // "at 630", "around 1030", "730 in the evening", "150ish"
  rule(`(\\d{1,2})([0-5]\\d)(-?ish)?(?: ?(?:hours|hrs|h))?${HALF}${NO_AMOUNT}`, (m, atoms) => {
    const halved = Boolean(m[4] || m[5] || m[6])
    const last = atoms.at(-1)
    const asked =
      last?.is === 'relation' &&
      (['at', 'about'].includes(last.relation) || atoms.some(({ is }) => is === 'day'))
    const digits = `${m[1]}${m[2]}`
    // 2027 is a year, and what does not end in 0 or 5 is rarely a time.
    if (!halved && !m[3] && (!asked || Number(m[2]) % 5 > 0 || /^(?:19|20)\d\d$/u.test(digits))) return null
    const made = clock(Number(m[1]), Number(m[2]), [m[4], m[5], m[6]], digits.length === 4 ? is24(m[1]!) : {})
    return m[3] ? approximately(made) : made
  }),
  rule('([01]\\d|2[0-3])([0-5][05])', (m, atoms) => {
    const last = atoms.at(-1)
    const day = last?.is === 'relation' && last.relation === 'at' ? atoms.at(-2) : last
    return day?.is === 'day' ? clock(Number(m[1]), Number(m[2]), [], { written24: true }) : null
  }),
  rule('(0\\d)([0-5][05])(?= (?:tomorrow|today|on |mon|tue|wed|thu|fri|sat|sun))', (m) =>
    clock(Number(m[1]), Number(m[2]), [], { written24: true }),
  ),
  rule(`(\\d{1,2})h([0-5]\\d)?`, (m) => clock(Number(m[1]), Number(m[2] || 0), [], { written24: true })),
  rule(`([01]\\d|2[0-3])([0-5]\\d)(?: ?(?:hours|hrs|h))`, (m) =>
    clock(Number(m[1]), Number(m[2]), [], { written24: true }),
  ),
  rule(`(\\d{1,2}) ?([0-5]\\d) ?(a\\.?m\\.?|p\\.?m\\.?)`, (m) => clock(Number(m[1]), Number(m[2]), [m[3]])),
  rule(
    `${HOUR}[ -](oh? five|(?:twenty|thirty|forty|fifty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|\\p{L}+teen)${HALF}`,
    (m, atoms) =>
      expectsTime(atoms) || m[3] || m[4] || m[5]
        ? clock(cardinal(m[1]!), m[2]!.startsWith('o') ? 5 : (cardinal(m[2]!) ?? 60), [m[3], m[4], m[5]])
        : null,
  ),
  rule(`${HOUR}${HALF.replace(/\)\?$/u, ')')}`, (m) =>
    Number(cardinal(m[1]!)) > 12 && m[2]
      ? clock(cardinal(m[1]!), 0, [], m[2].startsWith('p') ? { written24: true } : { h: 99 })
      : clock(cardinal(m[1]!), 0, [m[2], m[3], m[4]]),
  ),
  rule(`(\\d{1,2})(?::([0-5]\\d))?(?: ?(am|pm))?(?:[- ]?ish)(?: ?(am|pm))?`, (m) =>
    approximately(clock(Number(m[1]), Number(m[2] || 0), [m[3] || m[4]])),
  ),
  rule(`(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ]?ish`, (m) =>
    approximately(clock(cardinal(m[1]!), 0, [])),
  ),
  rule('\\d{1,2}:[6-9]\\d|(?:2[5-9]|[3-9]\\d):[0-5]\\d', () => ({ is: 'doubt' })),
  rule('noon[ -]?ish', () => approximately(clock(12, 0, ['pm']))),
  rule('(?:12 )?noon|midday|mid-day', () => clock(12, 0, ['pm'])),
  rule('midnight', () => clock(24, 0, [])),
]

function approximately(made: Atom | null): Atom | null {
  return made?.is === 'clock' ? { ...made, approx: true } : made
}
