import { isDayOfMonth, wordIndex, year } from '../calendar-words.ts'
import { rule, type Atom, type Day, type Rule } from '../model.ts'
import { numericDateRules } from '../numeric-dates.ts'
import { NUMBER, ORDINAL, cardinal, ordinal } from './numbers.ts'

const WEEKDAYS = [
  'mondays?|mon',
  'tuesdays?|tues?',
  'wednesdays?|weds?',
  'thursdays?|thu(?:rs?)?',
  'fridays?|fri',
  'saturdays?|sat',
  'sundays?|sun',
]
const MONTHS = [
  'january|januar|jan',
  'february|februar|feb',
  'march|märz|mar',
  'april|apr',
  'may|mai',
  'june?|juni|jun',
  'july?|juli|jul',
  'august|aug',
  'september|sept?',
  'october|oktober|oct|okt',
  'november|nov',
  'december|dezember|dec|dez',
]
export const MONTH = `(${MONTHS.join('|')})\\.?`
export const monthOf = (word: string): number => wordIndex(MONTHS, word) + 1

const TOMORROW = 'tomorrow|tmrw|tmr|tmw|2mor+ow|2moro|2mrw|tomoz|tomo|tomoro'
const WEEKDAY = `(${WEEKDAYS.join('|')})`
const weekdayNumber = (word: string): number => wordIndex(WEEKDAYS, word) + 1
const YEAR = "(?:,? (?:of )?(20\\d\\d|'\\d\\d))?"
const DAY_NUMBER = `(${ORDINAL}|\\d{1,2})`
const FIRST_OF_MONTH = `${DAY_NUMBER}\\.?(?: day)? ?(?:of )?`

const day = (value: Day): Atom => ({ is: 'day', day: value })
const offset = (days: number): Atom => day({ is: 'offset', days, named: true })
const dayNumber = (text: string): number => ordinal(text)

function date(dayOfMonth: number, month?: number, yearDigits?: string): Atom | null {
  // A date that no calendar has: nothing, and not its time on another day.
  if (!isDayOfMonth(dayOfMonth, month ?? 1))
    return dayOfMonth > 31 || month === undefined || month > 12 ? null : day({ is: 'past', never: true })
  return day({ is: 'date', day: dayOfMonth, month, year: year(yearDigits) })
}

function weekday(word: string, which: string, before: Atom[]): Atom | null {
  const last = before.at(-1)
  // "we sat down", "the sun": an abbreviation that is a word stands only where a day is expected.
  if (/^(?:sat|sun)$/u.test(word) && last?.is === 'word' && !/\d/u.test(last.text) && !which) return null
  if (/^(?:last|previous)/u.test(which)) return day({ is: 'past' })
  return day({
    is: 'weekday',
    weekday: weekdayNumber(word),
    which: which.startsWith('next')
      ? 'next'
      : which.startsWith('this') && !which.includes('coming')
        ? 'this'
        : undefined,
    unsure: word.endsWith('days') || undefined,
  })
}

const weeks = (word: string): number => (word === 'a' || word === 'one' ? 1 : (cardinal(word) ?? 1))
const WHICH = '((?:this coming|this|next|coming|upcoming|following|last|previous)(?: week)?,? )?(?:the )?'

/** Named days: relative ones, weekdays, dates. */
export const dayRules: Rule[] = [
  rule(`(?:the )?(?:${WEEKDAY}|week|weekend|month|year|night) before last`, () => day({ is: 'past' })),
  rule(`(?:the )?night (?:of|from) ${WEEKDAY}(?: night)? (?:to|into|till) ${WEEKDAY}`, (m) => [
    { is: 'doubt' },
    day({ is: 'weekday', weekday: weekdayNumber(m[1]!) }),
  ]),
  rule(`yesterday|(?:last|previous) (?:week|month|year|night|time|weekend)`, () => day({ is: 'past' })),
  rule(
    `(?:${NUMBER}|a|an|a few|a couple of|several) (?:minutes?|hours?|days?|weeks?|months?|years?) ago`,
    () => day({ is: 'past' }),
  ),
  // "Not tomorrow, the day after"
  rule(
    'the (?:day after|next day|following day)(?= ?(?:$|[.,!?;]| at | in the | around | after | morning| afternoon))',
    (_, before) => {
      const said = before.findLast((atom) => atom.is === 'day')
      return said ? day({ is: 'after', day: said.day }) : null
    },
  ),
  rule(`(?:the )?day after (?:${TOMORROW})|overmorrow`, () => offset(2)),
  rule(TOMORROW, () => offset(1)),
  rule(
    `(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th|last) ${WEEKDAY} (?:of|in) (?:${MONTH}${YEAR}|(?:the )?(next|this|the) month|the month)`,
    (m) =>
      day({
        is: 'nth',
        n: m[1] === 'last' ? -1 : ordinal(m[1]!),
        weekday: weekdayNumber(m[2]!),
        month: m[3] ? monthOf(m[3]) : undefined,
        year: year(m[4]),
        nextMonth: m[5] === 'next' || undefined,
      }),
  ),
  rule(`(?:the )?last ${WEEKDAY} of (?:the|this) year`, (m) =>
    day({ is: 'nth', n: -1, weekday: weekdayNumber(m[1]!), month: 12 }),
  ),
  rule(
    `(?:the )?(last|first) (working |business |week)?day (?:of|in) (?:${MONTH}${YEAR}|(?:the )?(next|this|the) month)`,
    (m) =>
      day({
        is: 'nth',
        n: m[1] === 'last' ? -1 : 1,
        workday: m[2] !== '' || undefined,
        month: m[3] ? monthOf(m[3]) : undefined,
        year: year(m[4]),
        nextMonth: m[5] === 'next' || undefined,
      }),
  ),
  rule(`(?:the |next )?${WEEKDAY} (?:after next|but one)`, (m) =>
    day({ is: 'weekday', weekday: weekdayNumber(m[1]!), which: 'next', plusDays: 7 }),
  ),
  rule(
    `(?:in |during |on )?(?:the )?(?:week|(weekend)) (?:of|commencing|beginning|starting|from|that starts)(?: on)? (?:(?:${WEEKDAY}),? )?(?:the )?(?:${MONTH} ?(?:the )?${DAY_NUMBER}|${FIRST_OF_MONTH}${MONTH}|(\\d{1,2}(?:st|nd|rd|th)))${YEAR}`,
    (m) => {
      const made = date(
        dayNumber(m[4] || m[5] || m[7]!),
        m[3] || m[6] ? monthOf(m[3] || m[6]!) : undefined,
        m[8],
      )
      return made?.is === 'day' && made.day.is === 'date'
        ? { is: 'span', span: { unit: m[1] ? 'weekend' : 'week', offset: 0, around: made.day } }
        : null
    },
  ),
  rule(
    'the (\\d{1,2})(?= ?(?:$|[.,!?;)]|(?:at|from|between|after|before|in the|or|and|if|works?|is|please) ))',
    (m, before) => (before.at(-1)?.is === 'relation' ? date(Number(m[1])) : null),
  ),
  rule(`the (${ORDINAL})(?= ?(?:$|[.,!?;)]|(?:at|from|between|after|before|in the|or|and) ))`, (m, before) =>
    (before.length === 0 || ['relation', 'stop', 'correction'].includes(before.at(-1)?.is ?? '')) &&
    /^\p{L}/u.test(m[1]!)
      ? date(dayNumber(m[1]!))
      : null,
  ),
  rule('black friday', () => [
    { is: 'doubt' },
    day({ is: 'after', day: { is: 'nth', n: 4, weekday: 4, month: 11 } }),
  ]),
  rule('thanksgiving(?: day)?', () => day({ is: 'nth', n: 4, weekday: 4, month: 11 })),
  rule('(?:christmas|xmas) eve', () => day({ is: 'date', day: 24, month: 12 })),
  rule('(?:christmas|xmas)(?: day)?', () => day({ is: 'date', day: 25, month: 12 })),
  rule("new year'?s eve", () => day({ is: 'date', day: 31, month: 12 })),
  rule("(?<!the )new year(?:'?s(?: day)?)?(?! \\p{L})", () => day({ is: 'date', day: 1, month: 1 })),
  rule(
    "good friday|easter(?: \\p{L}+)?|(?:mother|father|labou?r|memorial|independence)\\p{L}*(?:'s)? day",
    () => ({
      is: 'doubt',
    }),
  ),
  ...numericDateRules({
    from: 'from',
    between: 'between',
    joints: 'to|through|thru|until|untill|till|til',
    and: 'and',
  }),
  rule(`between ${MONTH} (?:the )?${DAY_NUMBER} and (?:the )?${DAY_NUMBER}${YEAR}`, (m) =>
    dayRange(m[2]!, m[3]!, monthOf(m[1]!), m[4]),
  ),
  rule(
    `${MONTH} ((?:${ORDINAL}|\\d{1,2})(?:, ?(?:${ORDINAL}|\\d{1,2}))*,? (?:and|or|&) (?:the )?(?:${ORDINAL}|\\d{1,2}))(?! ?(?:am|pm|a\\.m|p\\.m|:\\d|-|to |till |until ))`,
    (m) => {
      const numbers = m[2]!
        .split(/,? (?:and|or|&) (?:the )?|, ?/u)
        .map((text) => date(dayNumber(text), monthOf(m[1]!)))
      const named = numbers.filter((made) => made !== null)
      return named.length < numbers.length
        ? null
        : named.flatMap((made) => [made, { is: 'join' as const, join: 'or' as const }]).slice(0, -1)
    },
  ),
  rule(`${MONTH} ${DAY_NUMBER} or (?:the )?${DAY_NUMBER}(?! ?(?:am|pm|a\\.m|p\\.m|:\\d))`, (m) => {
    const month = monthOf(m[1]!)
    const [one, two] = [date(dayNumber(m[2]!), month), date(dayNumber(m[3]!), month)]
    return one && two ? [one, { is: 'join', join: 'or' }, two] : null
  }),
  rule("today|later today|today's", () => offset(0)),
  rule(`(a|${NUMBER}) weeks? (?:(?:from|after|on) )?(?:today|now)`, (m) =>
    day({ is: 'offset', days: 7 * weeks(m[1]!) }),
  ),
  rule(`(a|${NUMBER}) weeks? (?:(?:from|after|on) )?tomorrow`, (m) =>
    day({ is: 'offset', days: 7 * weeks(m[1]!) + 1 }),
  ),
  rule(`(a|${NUMBER}) weeks? (?:(?:from|after|on) )?(?:this |next )?${WEEKDAY}`, (m) =>
    day({ is: 'weekday', weekday: weekdayNumber(m[2]!), plusDays: 7 * weeks(m[1]!) }),
  ),
  rule(`${WEEKDAY} week(?! (?:of|from|commencing|beginning|starting|after|days?|\\d))`, (m) =>
    day({ is: 'weekday', weekday: weekdayNumber(m[1]!), plusDays: 7 }),
  ),
  rule('(?:after next|(?<=day )after)(?= ?(?:$|[.,!?]))', () => ({ is: 'doubt' })),
  rule(`(?:the )?${DAY_NUMBER} (?:of )?(this|next|the following) month`, (m) =>
    day({ is: 'date', day: dayNumber(m[1]!), monthOffset: m[2] === 'this' ? 0 : 1 }),
  ),
  rule('today week|this day next week', () => day({ is: 'offset', days: 7 })),
  rule('tomorrow week', () => day({ is: 'offset', days: 8 })),
  rule('(?:the )?week after next', () => ({ is: 'span', span: { unit: 'week', offset: 2 } })),
  rule('(sat|sun)(?= ?(?:\\d|at \\d|or (?:sun|mon)|and sun|morning|afternoon|evening|- ?sun))', (m) =>
    day({ is: 'weekday', weekday: weekdayNumber(m[1]!) }),
  ),
  rule(`${WHICH}${WEEKDAY}(?:\\.(?= |\\d))?`, (m, before) => weekday(m[2]!, m[1]!, before)),
  rule('(20\\d\\d)[-/.](\\d{1,2})[-/.](\\d{1,2})', (m) => date(Number(m[3]), Number(m[2]), m[1])),
  rule(
    `${MONTH} ?(?:the )?${DAY_NUMBER}(?: ?- ?| to | thru | through | until | till )(?:the )?${DAY_NUMBER}(?! ?(?:am|pm|a\\.m|p\\.m|:\\d))${YEAR}`,
    (m) => dayRange(m[2]!, m[3]!, monthOf(m[1]!), m[4]),
  ),
  rule(
    `(?:between )?(?:the )?${DAY_NUMBER}\\.?(?: ?- ?| to | thru | through | until | till | and )(?:the )?${FIRST_OF_MONTH}${MONTH}${YEAR}`,
    (m, before) => {
      const last = before.at(-1)
      const between = m[0]!.startsWith('between') || (last?.is === 'relation' && last.relation === 'between')
      return m[0]!.includes(' and ') && !between ? null : dayRange(m[1]!, m[2]!, monthOf(m[3]!), m[4])
    },
  ),
  rule(`${MONTH} ?(?:the )?${DAY_NUMBER}(?! ?(?:am|pm|a\\.m|p\\.m|%|:\\d))${YEAR}`, (m) =>
    date(dayNumber(m[2]!), monthOf(m[1]!), m[3]),
  ),
  rule(`(?:the )?${FIRST_OF_MONTH}${MONTH}(?! (?:i|we|you|not|be)(?!\\p{L}))${YEAR}`, (m) =>
    date(dayNumber(m[1]!), monthOf(m[2]!), m[3]),
  ),
  rule(
    `(?:the )?(\\d{1,2}(?:st|nd|rd|th))(?! (?:floor|time|of|place|one|year|grade|generation|quarter|street|ave|anniversary|call|version|edition|attempt|party))`,
    (m) => date(dayNumber(m[1]!)),
  ),
  rule(`(\\d{1,2})([./])(\\d{1,2})(?:\\2((?:20)?\\d\\d))?`, (m, before) => numeric(m, before)),
]

/** Day and month in digits: European order unless only the American one makes a date; both possible is a doubt. */
function numeric(m: string[], before: Atom[]): Atom | Atom[] | null {
  const [first, second] = [Number(m[1]), Number(m[3])]
  const last = before.at(-1)
  const dotted = m[2] === '.'
  // "version 3.5" is a number.
  if (dotted && last?.is === 'word' && !m[4] && m[3]!.length === 1) return null
  if (
    dotted &&
    !m[4] &&
    (second > 12 || second === 0 || (last?.is === 'relation' && last.relation === 'at' && first <= 24))
  )
    return null
  if (!dotted && !m[4] && first === 24 && second === 7) return null
  const european = isDayOfMonth(first, second)
  const american = isDayOfMonth(second, first)
  if (!european && !american) return null
  const value: Day = european
    ? { is: 'date', day: first, month: second, year: year(m[4]) }
    : { is: 'date', day: second, month: first, year: year(m[4]) }
  if (european && american && first === second && !dotted && !m[4]) return [{ is: 'doubt' }, day(value)]
  if (european && american && first !== second && !dotted) value.other = { day: second, month: first }
  return day(value)
}

function dayRange(first: string, last: string, month: number, yearDigits?: string): Atom | null {
  const [from, to] = [dayNumber(first), dayNumber(last)]
  if (!isDayOfMonth(from, month) || !isDayOfMonth(to, month) || from >= to) return null
  const inYear = year(yearDigits)
  return {
    is: 'days',
    from: { is: 'date', day: from, month, year: inYear },
    to: { is: 'date', day: to, month, year: inYear },
  }
}
