import { later, within, type Piece, type Unit } from '../duration.ts'
import { firstWeek, rule, type Atom, type Clock, type Rule, type Span } from '../model.ts'
import { MONTH, monthOf } from './days.ts'
import { partOfLast } from '../postfix.ts'
import { NUMBER, cardinal } from './numbers.ts'

const part = (from: number, to: number, half?: Clock['half']): Atom => ({
  is: 'part',
  part: { from: from * 60, to: to * 60, half },
})
const untilNoon: Atom = { is: 'part', part: { from: 540, to: 720, half: 'am', open: true } }
const each = (made: Atom): Atom =>
  made.is === 'part' ? { ...made, part: { ...made.part, each: true } } : made
const span = (value: Span): Atom => ({ is: 'span', span: value })

const AMOUNT = `(?:${NUMBER}(?: and (?:a|an) half|[.]5| ?(?:-|to|or maybe|or|, ?maybe|, ?or) ?${NUMBER})?|an?(?! half)|a couple(?: of)?|couple(?: of)?|a pair of|a few|few|several|half an?|half a|half|one|(?:a )?quarter of an?|three[- ]quarters of an?|1/2|1/4|3/4)(?: more| full| whole| good)?`
const UNIT =
  '(?:minutes?|mins?|min|m|hours?|hrs?|hr|h|business days?|working days?|workdays?|days?|weeks?|wks?|months?|years?)\\.?'
const FRACTION = '(?: and (?:a |one )?half| and (?:a |one )?quarter)'
const PIECE = `${AMOUNT}[ -]?${UNIT}${FRACTION}?`
const DURATION = `(${PIECE}(?:(?:,? and|,|,? plus)? ?${PIECE})*(?: (?:and )?(?:${NUMBER}|half)(?= ?(?:$|[.,!?])))?)`
const EACH_PIECE = new RegExp(`(${AMOUNT})[ -]?(${UNIT})(?!\\p{L})(${FRACTION})?|(${NUMBER}|half)`, 'gu')

function amountOf(said: string): [number | undefined, number?] {
  const text = said.replace(/ (?:more|full|whole|good)$/u, '')
  if (/^(?:three|3\/4)/u.test(text) && /quarter|\//u.test(text)) return [0.75]
  if (/quarter|1\/4/u.test(text)) return [0.25]
  if (/^(?:half|1\/2)/u.test(text)) return [0.5]
  if (/^an?$/u.test(text)) return [1]
  if (/couple|pair/u.test(text)) return [2]
  if (/few|several/u.test(text)) return [3, 5]
  if (/and an? half$|\.5$/u.test(text))
    return [(cardinal(text.replace(/ and an? half$|\.5$/u, '')) ?? 0) + 0.5]
  const range = /^(.+?) ?(?:-|to|or maybe|or|, ?maybe|, ?or) ?(.+)$/u.exec(text)
  return range && cardinal(text) === undefined ? [cardinal(range[1]!), cardinal(range[2]!)] : [cardinal(text)]
}

function unitOfDuration(word: string): Unit {
  if (/^m(?:in|\.?$)/u.test(word)) return 'minute'
  if (word.startsWith('h')) return 'hour'
  if (/^(?:business|work)/u.test(word)) return 'workday'
  if (word.startsWith('w')) return 'week'
  if (word.startsWith('mo')) return 'month'
  return word.startsWith('y') ? 'year' : 'day'
}

/** "1 hour 30 minutes", "an hour and a half", "1 day and 3 hours"; null when a part of it is not understood. */
function piecesOf(text: string): Piece[] | null {
  const pieces: Piece[] = []
  for (const [, amount = '', unit, fraction = '', minutes] of text.matchAll(EACH_PIECE)) {
    const last = pieces.at(-1)
    if (unit) {
      const [count, most] = amountOf(amount)
      if (count === undefined) return null
      const more = fraction.endsWith('half') ? 0.5 : fraction ? 0.25 : 0
      const vague = /couple|few|several/u.test(amount) || undefined
      pieces.push({ count: count + more, most, unit: unitOfDuration(unit), vague })
    } else if (last?.unit === 'hour') {
      // "in 2 hours and 20"
      pieces.push({ count: minutes === 'half' ? 30 : (cardinal(minutes ?? '') ?? 0), unit: 'minute' })
    } else return null
  }
  return pieces.length > 0 ? pieces : null
}

function laterThan(text: string, approx = false): Atom | null {
  const pieces = piecesOf(text)
  return pieces && later(pieces, approx)
}

function dayAfter(made: Atom | null): Atom | null {
  return made?.is === 'day' ? { ...made, day: { is: 'after', day: made.day } } : null
}

function during(text: string): Atom | null {
  const pieces = piecesOf(/^\p{L}+$/u.test(text) ? `a ${text}` : text)
  return pieces && within(pieces)
}

/** "in" and an amount, and relatives of it. */
export const elapsedRules: Rule[] = [
  rule('in (?:a|one|1) (?:sec|second|moment|bit|minute or two)', () => ({ is: 'word', text: '' })),
  rule('in (\\d{1,2}):([0-5]\\d) ?(?:h|hrs?|hours?)', (m) => ({
    is: 'elapsed',
    elapsed: { minutes: 60 * Number(m[1]) + Number(m[2]) },
  })),
  rule('in (\\d{1,2})h([0-5]\\d)(?:m|mins?)?', (m) => ({
    is: 'elapsed',
    elapsed: { minutes: 60 * Number(m[1]) + Number(m[2]) },
  })),
  rule('in (?:a )?quarter hour', () => ({ is: 'elapsed', elapsed: { minutes: 15 } })),
  rule('(?:in )?a week or (?:two|so)', () => ({
    is: 'days',
    from: { is: 'offset', days: 7 },
    to: { is: 'offset', days: 14 },
    approx: true,
  })),
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
    `(?:in|after) (about |around |roughly |approximately |approx |like |maybe |another |exactly )?${DURATION}(?:'s?)?(?: time)?(?: from now)?`,
    (m, before) =>
      before.at(-1)?.is === 'number' ? null : laterThan(m[2]!, /^(?:ab|ar|ro|ap|li|ma)/u.test(m[1]!)),
  ),
  rule(`${DURATION} (?:(?:from|after) (?:right )?(now|today|tomorrow)|hence)`, (m) =>
    m[2] === 'tomorrow' ? dayAfter(laterThan(m[1]!)) : laterThan(m[1]!),
  ),
  rule(`(?:(?:within |in |over |during )?(?:the )?(?:next|coming)|within) ${DURATION}`, (m) => during(m[1]!)),
  rule(`(?:within|in) the next (hour|day|week|month)`, (m) => during(m[1]!)),
  rule('(?:in )?a fortnight(?: from (?:now|today)| hence)?|fortnight hence', () => ({
    is: 'day',
    day: { is: 'offset', days: 14 },
  })),
  rule(`within the (hour|day|week|month)`, (m) => during(m[1]!)),
  rule(`(?:over |in )?the (?:next|coming) (?:few |couple of |coupla )?days`, () => ({
    is: 'days',
    from: { is: 'offset', days: 1 },
    to: { is: 'offset', days: 4 },
  })),
]

const QUARTERS = [
  ['first', '1st'],
  ['second', '2nd'],
  ['third', '3rd'],
  ['fourth', '4th'],
]
const SEASONS: Record<string, number> = { winter: 12, spring: 3, summer: 6, autumn: 9, fall: 9 }

const edgeOf = (word: string): 'early' | 'mid' | 'late' =>
  /^(?:early|beginning|start)/u.test(word) ? 'early' : word.startsWith('mid') ? 'mid' : 'late'
const EDGE =
  '(?:at |in |towards? )?(?:the )?(early|beginning|start|mid|middle|late|later|end)(?: in| of|-)? ?(?:the )?'
const WHICH = '(?:(this|next|the|coming|following) )?'
const offsetOf = (which: string): number => (/next|following/u.test(which) ? 1 : 0)

/** Weeks, weekends, months and their parts. */
export const spanRules: Rule[] = [
  rule(`${EDGE}(?:q[1-4]|(?:this |next )?(?:quarter|winter|spring|summer|autumn|year))`, () => ({
    is: 'doubt',
  })),
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
  rule(
    `(?:by|before|until|till|til|no later than) ${EDGE}(?:${WHICH}(week|month)|${MONTH}(?:,? (20\\d\\d))?)(?! \\d)`,
    (m) => {
      const named: Span = m[3]
        ? { unit: m[3] as Span['unit'], offset: offsetOf(m[2]!) }
        : { unit: 'month', offset: 0, month: monthOf(m[4]!), year: Number(m[5]) || undefined }
      const edge = edgeOf(m[1]!)
      const until = span({ ...named, part: edge === 'late' ? 'rest' : 'before' })
      return edge === 'mid' ? [{ is: 'doubt' }, until] : until
    },
  ),
  rule(`(?:by|before|until|till|til) ${MONTH}(?: (20\\d\\d))?(?! ?\\d|,? \\d| the)`, (m, before) =>
    before.at(-1)?.is === 'word'
      ? null
      : span({
          unit: 'month',
          offset: 0,
          month: monthOf(m[1]!),
          year: Number(m[2]) || undefined,
          part: 'before',
        }),
  ),
  rule('in (20[2-9]\\d)', (m, before) =>
    before.at(-1)?.is === 'word' ? null : span({ unit: 'year', offset: 0, year: Number(m[1]) }),
  ),
  rule(`${EDGE}${WHICH}(week|month)`, (m) =>
    span({ unit: m[3] as Span['unit'], offset: offsetOf(m[2]!), part: edgeOf(m[1]!) }),
  ),
  rule(`(?:the )?(following|next) week'?s?`, () => span({ unit: 'week', offset: 1 })),
  rule(`(?:in |during )?(?:the )?(first|last) (?:few )?days (?:of|in) ${MONTH}(?: (20\\d\\d))?`, (m) =>
    span({
      unit: 'month',
      offset: 0,
      month: monthOf(m[2]!),
      year: Number(m[3]) || undefined,
      part: m[1] === 'first' ? 'early' : 'late',
    }),
  ),
  rule(`(?:in |during )?(?:the )?(first|1st|last) week (?:of|in) ${MONTH}(?: (20\\d\\d))?`, (m) => {
    const [month, year] = [monthOf(m[2]!), Number(m[3]) || undefined]
    return m[1] === 'last'
      ? span({ unit: 'month', offset: 0, month, year, part: 'late' })
      : firstWeek(month, year)
  }),
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
  rule(`(?:in |during )?(?:the )?${MONTH} (20\\d\\d)(?! ?\\d)`, (m) =>
    span({ unit: 'month', offset: 0, month: monthOf(m[1]!), year: Number(m[2]) }),
  ),
  rule(`(?:in |during )?${MONTH}(?: of)? next year`, (m) =>
    span({ unit: 'month', offset: 1, month: monthOf(m[1]!) }),
  ),
  rule(`next ${MONTH}(?! ?\\d)`, (m) => span({ unit: 'month', offset: 0, month: monthOf(m[1]!) })),
  rule('(?:the )?weekend after next', () => span({ unit: 'weekend', offset: 2 })),
  rule('(?:the )?month after next', () => span({ unit: 'month', offset: 2 })),
  rule('(?:in |during )?(?:the )?(this|next) quarter', (m) =>
    span({ unit: 'quarter', offset: offsetOf(m[1]!) }),
  ),
  rule(
    '(?:in |during )?(?:the )?(?:q([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th) quarter)(?:(?: of)? (20\\d\\d))?',
    (m) => {
      const quarter = Number(m[1]) || QUARTERS.findIndex((names) => names.includes(m[2]!)) + 1
      return span({ unit: 'quarter', offset: 0, month: 3 * quarter - 2, year: Number(m[3]) || undefined })
    },
  ),
  rule(
    '(?:in |during )?(?:(?:the|this|next) )?(winter|spring|summer|autumn|(?<=(?:in|during|the|this|next) )fall)(?: of)?(?: (20\\d\\d))?',
    (m, before) =>
      before.at(-1)?.is === 'word'
        ? null
        : span({ unit: 'season', offset: 0, month: SEASONS[m[1]!], year: Number(m[2]) || undefined }),
  ),
  // Whether weeks are counted from the first day or the first Monday, has to be asked.
  rule(
    `(?:in |during |on )?(?:the )?(second|third|fourth|2nd|3rd|4th) week (?:of|in) ${MONTH}(?: (20\\d\\d))?`,
    (m) => {
      const week = QUARTERS.findIndex((names) => names.includes(m[1]!))
      const day = {
        is: 'date' as const,
        day: 7 * week + 1,
        month: monthOf(m[2]!),
        year: Number(m[3]) || undefined,
      }
      return [{ is: 'doubt' }, span({ unit: 'week', offset: 0, around: day })]
    },
  ),
  rule(`(?:the |on the )?(first|second|third|last) weekend (?:of|in) ${MONTH}(?: (20\\d\\d))?`, (m) => {
    const n = m[1] === 'last' ? -1 : QUARTERS.findIndex((names) => names.includes(m[1]!)) + 1
    const saturday = {
      is: 'nth' as const,
      n,
      weekday: 6,
      month: monthOf(m[2]!),
      year: Number(m[3]) || undefined,
    }
    return { is: 'days', from: saturday, to: { is: 'after', day: saturday } }
  }),
  rule(
    '(?:at|near|in|towards?|closer to) the (beginning|start|middle|end)(?= ?(?:$|[.,!?;)]))',
    (m, before) => partOfLast(before, edgeOf(m[1]!)),
  ),
  rule('mid-?week', () => span({ unit: 'week', offset: 0, part: 'mid' })),
  // How long the beginning of a year is, has to be asked.
  rule(`${EDGE}(20[2-9]\\d)`, (m) => {
    const month = { early: 1, mid: 6, late: 12 }[edgeOf(m[1]!)]
    return [{ is: 'doubt' }, span({ unit: 'month', offset: 0, month, year: Number(m[2]) })]
  }),
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
  rule('weekends?(?! (?:of|commencing|beginning|starting|from|that|after|in))', (_, before) => {
    const last = before.at(-1)
    const isWish = last?.is !== 'word' || /^(?:only|just|prefer|free|maybe|but|the|or|)$/u.test(last.text)
    return isWish ? span({ unit: 'weekend', offset: 0 }) : null
  }),
  rule('(?:(?:on|during|in) )?(?:any |the )?(?:weekdays?|business days?|work(?:ing)? ?days)', () =>
    span({ unit: 'workdays', offset: 0 }),
  ),
  // The whole message.
  rule(`(?<![^])${MONTH}(?=[ .!?]*$)`, (m) => span({ unit: 'month', offset: 0, month: monthOf(m[1]!) })),
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
  rule('(?:after|before|around|at) (?:breakfast|dinner|supper|tea)(?: time)?', () => ({ is: 'doubt' })),
  rule('before noon|before midday', () => untilNoon),
  rule('bright and early|(?:(?:at )?(?:the )?crack of )?dawn|(?:at )?sunrise', () => part(7, 9, 'am')),
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
  rule('(?:in the |the )?mornings', () => each(part(9, 12, 'am'))),
  rule('(?:in the |the )?afternoons', () => each(part(13, 18, 'pm'))),
  rule('(?:in the |the )?evenings', () => each(part(18, 22, 'evening'))),
  rule('(?:in the |the )?morning(?:-?ish)?', () => part(9, 12, 'am')),
  rule('(?:in the |the )?afternoon(?:-?ish)?', () => part(13, 18, 'pm')),
  rule('(?:in the |the )?evening(?:-?ish)?', () => part(18, 22, 'evening')),
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
