import { rule, type Atom, type Clock, type Day, type Rule, type Span } from '../model.ts'
import { MONTH, monthOf } from './days.ts'
import { NUMBER, cardinal } from './numbers.ts'

const part = (from: number, to: number, half?: Clock['half']): Atom => ({
  is: 'part',
  part: { from: from * 60, to: to * 60, half },
})
const untilNoon: Atom = { is: 'part', part: { from: 540, to: 720, half: 'am', open: true } }
const span = (value: Span): Atom => ({ is: 'span', span: value })

const AMOUNT = `(${NUMBER} and a half|${NUMBER}\\.5|${NUMBER} ?(?:-|to|or) ?${NUMBER}|${NUMBER}|an?|a couple(?: of)?|couple(?: of)?|a few|few|several|half an?|half a|one)`
const UNIT = '(minutes?|mins?|min|hours?|hrs?|hr|h|business days?|working days?|days?|weeks?|months?|years?)'

function amountOf(text: string): [number | undefined, number?] {
  if (text.startsWith('half')) return [0.5]
  if (/^an?$/u.test(text)) return [1]
  if (/couple/u.test(text)) return [2]
  if (/few|several/u.test(text)) return [3, 5]
  if (/and a half$|\.5$/u.test(text)) return [(cardinal(text.replace(/ and a half$|\.5$/u, '')) ?? 0) + 0.5]
  const range = /^(.+?) ?(?:-|to|or) ?(.+)$/u.exec(text)
  return range && cardinal(text) === undefined ? [cardinal(range[1]!), cardinal(range[2]!)] : [cardinal(text)]
}

function later(amount: string, unit: string, approx = false, andHalf = false): Atom | null {
  const [count, most] = amountOf(amount)
  if (count === undefined) return null
  const least = andHalf ? count + 0.5 : count
  const vague = approx || /couple|few|several/u.test(amount) || most !== undefined || undefined
  const minutes = unit.startsWith('min') ? 1 : unit.startsWith('h') ? 60 : 0
  if (minutes)
    return { is: 'elapsed', elapsed: { minutes: least * minutes, to: most && most * minutes }, approx: vague }
  const day = (value: number): Day => laterDay(value, unit)
  return most === undefined
    ? { is: 'day', day: day(least), approx: vague }
    : { is: 'days', from: day(least), to: day(most), approx: true }
}

function laterDay(count: number, unit: string): Day {
  if (unit.startsWith('month')) return { is: 'months', months: count }
  if (unit.startsWith('year')) return { is: 'months', months: 12 * count }
  if (unit.startsWith('week')) return { is: 'offset', days: Math.round(7 * count) }
  return { is: 'offset', days: count, business: /^(?:business|working)/u.test(unit) || undefined }
}

function within(amount: string, unit: string): Atom | null {
  const made = later(amount || '1', unit)
  if (made?.is === 'elapsed')
    return { is: 'elapsed', elapsed: { minutes: 0, to: made.elapsed.to ?? made.elapsed.minutes } }
  if (made?.is === 'day') return { is: 'days', from: { is: 'offset', days: 0 }, to: made.day }
  return made?.is === 'days' ? { ...made, from: { is: 'offset', days: 0 } } : made
}

/** "in" and an amount, and relatives of it. */
export const elapsedRules: Rule[] = [
  rule('in (?:a|one|1) (?:sec|second|moment|bit|minute or two)', () => ({ is: 'word', text: '' })),
  rule('in (?:a )?quarter (?:of an )?hour', () => ({ is: 'elapsed', elapsed: { minutes: 15 } })),
  rule('in half (?:a day)', () => ({ is: 'elapsed', elapsed: { minutes: 720 } })),
  rule('(?:in )?a day or two', (m) =>
    m[0]!.startsWith('in')
      ? { is: 'days', from: { is: 'offset', days: 1 }, to: { is: 'offset', days: 2 }, approx: true }
      : { is: 'word', text: '' },
  ),
  rule('in an hour or (two|so)', (m) => ({
    is: 'elapsed',
    elapsed: { minutes: 60, to: m[1] === 'two' ? 120 : undefined },
    approx: true,
  })),
  rule(
    `(?:in|after) (about |around |roughly |approximately |like )?${AMOUNT} ${UNIT}( and a half)?(?:'s? time)?`,
    (m, before) => (before.at(-1)?.is === 'number' ? null : later(m[2]!, m[3]!, m[1] !== '', m[4] !== '')),
  ),
  rule(`${AMOUNT} ${UNIT}( and a half)? from now`, (m) => later(m[1]!, m[2]!, false, m[3] !== '')),
  rule(`(?:within|in) the next ${AMOUNT}? ?${UNIT}|within ${AMOUNT} ${UNIT}`, (m) =>
    within(m[1] || m[3]!, m[2] || m[4]!),
  ),
  rule('(?:in )?a fortnight(?: from now)?', () => ({ is: 'day', day: { is: 'offset', days: 14 } })),
  rule(`within the (hour|day|week|month)`, (m) => within('1', m[1]!)),
  rule(`(?:over |in )?the next (?:few|couple of|coupla) days`, () => ({
    is: 'days',
    from: { is: 'offset', days: 1 },
    to: { is: 'offset', days: 4 },
  })),
]

const edgeOf = (word: string): 'early' | 'mid' | 'late' =>
  /^(?:early|beginning|start)/u.test(word) ? 'early' : word.startsWith('mid') ? 'mid' : 'late'
const EDGE =
  '(?:at |in |by |towards? )?(?:the )?(early|beginning|start|mid|middle|late|later|end)(?: in| of|-)? ?(?:the )?'
const WHICH = '(?:(this|next|the|coming|following) )?'
const offsetOf = (which: string): number => (/next|following/u.test(which) ? 1 : 0)

/** Weeks, weekends, months and their parts. */
export const spanRules: Rule[] = [
  rule(
    '(?:(by|before|until|till) )?(?:the )?(?:end of (?:the |business )?day|eod|close of business|cob)',
    (m) => (m[1] ? { is: 'clocks', to: { h: 18, m: 0 } } : part(16, 18)),
  ),
  rule(
    `(?:by|before|until|till) (?:the )?end of ${WHICH}(week|month|year)|(?:by )?(eow|eom)|(?:later|rest of) (?:this|the) (week|month)|(?:for )?the rest of (?:this|the) (week|month)`,
    (m) => {
      const unit = m[2] || m[4] || m[5] || (m[3] === 'eom' ? 'month' : 'week')
      return span({ unit: unit as Span['unit'], offset: offsetOf(m[1]!), part: 'rest' })
    },
  ),
  rule(`${EDGE}${WHICH}(week|month)`, (m) =>
    span({ unit: m[3] as Span['unit'], offset: offsetOf(m[2]!), part: edgeOf(m[1]!) }),
  ),
  rule(`(?:the )?(following|next) week'?s?`, () => span({ unit: 'week', offset: 1 })),
  rule(`(?:in |during )?(?:the )?(first|last) week of ${MONTH}`, (m) =>
    span({ unit: 'month', offset: 0, month: monthOf(m[2]!), part: m[1] === 'first' ? 'early' : 'late' }),
  ),
  rule(
    `(?:in |during )?(?:the )?(first|1st|second|2nd|latter) half of (?:${WHICH}(week|month)|${MONTH})`,
    (m) =>
      span({
        ...(m[4]
          ? { unit: 'month', offset: 0, month: monthOf(m[4]) }
          : { unit: m[3] as Span['unit'], offset: offsetOf(m[2]!) }),
        part: /^(?:first|1st)/u.test(m[1]!) ? 'first' : 'second',
      }),
  ),
  rule('mid-?week', () => span({ unit: 'week', offset: 0, part: 'mid' })),
  rule(`${EDGE}${MONTH}(?: (20\\d\\d))?(?! \\d)`, (m) =>
    span({
      unit: 'month',
      offset: 0,
      month: monthOf(m[2]!),
      year: Number(m[3]) || undefined,
      part: edgeOf(m[1]!),
    }),
  ),
  rule('(?:some ?time |any ?time )?(?:in |during )?this week', () => span({ unit: 'week', offset: 0 })),
  rule(`(?:(?:on|over|at) )?(?:(this|the|next|coming|following) )(?:coming )?weekends?`, (m) =>
    span({ unit: 'weekend', offset: offsetOf(m[1]!) }),
  ),
  rule('(?:on|at) weekends?', () => span({ unit: 'weekend', offset: 0, unsure: true })),
  rule('(?:in |during )?(next|this) month', (m) => span({ unit: 'month', offset: offsetOf(m[1]!) })),
  rule(`(?:in|during) ${MONTH}(?: (20\\d\\d))?(?! \\d)`, (m) =>
    span({ unit: 'month', offset: 0, month: monthOf(m[1]!), year: Number(m[2]) || undefined }),
  ),
]

/** Parts of the day. */
export const partRules: Rule[] = [
  rule('(?:right )?after lunch(?:time)?', () => part(13, 18, 'pm')),
  rule('before lunch(?:time)?', () => untilNoon),
  rule('(?:at |around |over |during )?(?:lunch ?time|lunch hour|lunch)', () => part(12, 14, 'pm')),
  rule('before noon|before midday', () => untilNoon),
  rule('first thing(?: in the morning)?', () => part(8, 10, 'am')),
  rule('(?:in the )?early (?:in the )?morning|early in the day', () => part(7, 9, 'am')),
  rule('(?:in the )?mid-? ?morning', () => part(10, 11.5, 'am')),
  rule('(?:in the )?late(?:r in the)? morning', () => part(10.5, 12, 'am')),
  rule('(?:in the )?early (?:in the )?afternoon', () => part(13, 15, 'pm')),
  rule('(?:in the )?mid-? ?afternoon', () => part(14, 16, 'pm')),
  rule(
    '(?:in the )?late(?:r)?(?: in the)? afternoon|early evening|towards? (?:the )?evening|late in the day',
    () => part(16, 18, 'pm'),
  ),
  rule('(?:in the )?late(?:r)?(?: in the)? evening|late at night', () => part(20, 23, 'pm')),
  rule('(?:the )?(?:first|1st) half of the day', () => part(9, 12, 'am')),
  rule('(?:the )?(?:second|2nd) half of the day', () => part(13, 18, 'pm')),
  rule('(?:in the |the )?mornings?', () => part(9, 12, 'am')),
  rule('(?:in the |the )?afternoons?', () => part(13, 18, 'pm')),
  rule('(?:in the |the )?evenings?', () => part(18, 22, 'evening')),
  rule('(?:after|outside) work(?:ing hours)?|after hours', () => part(18, 21, 'pm')),
  rule('(?:during |in )?(?:working|business|office) hours', () => part(9, 18)),
  rule('(?<=(?:day|tomorrow|tmrw|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun),? )(eve|am|pm)', (m) =>
    m[1] === 'eve' ? part(18, 22, 'evening') : m[1] === 'am' ? part(9, 12, 'am') : part(12, 18, 'pm'),
  ),
  rule('tonight', () => [{ is: 'day', day: { is: 'offset', days: 0 } }, part(18, 23, 'evening')]),
  rule('this (morning|afternoon|evening)', (m) => [
    { is: 'day', day: { is: 'offset', days: 0 } },
    m[1] === 'morning'
      ? part(9, 12, 'am')
      : m[1] === 'evening'
        ? part(18, 22, 'evening')
        : part(13, 18, 'pm'),
  ]),
  rule('at night', () => part(20, 24, 'night')),
  rule('(?<=(?:tomorrow|day) )night', () => part(18, 23, 'evening')),
]
