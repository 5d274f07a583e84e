import { rule, type Atom, type Clock, type Part, type Rule, type Span } from '../model.ts'
import { MONTH, monthOf } from './days.ts'
import { NUMBER, cardinal } from './numbers.ts'

const HOUR = 60
const part = (from: number, to: number, half?: Clock['half']): Atom => ({
  is: 'part',
  part: { from: from * HOUR, to: to * HOUR, half } satisfies Part,
})
const span = (value: Span): Atom => ({ is: 'span', span: value })

const AMOUNT = `(\\d{1,2}[.,]\\d|${NUMBER} с половиной|${NUMBER} ?- ?${NUMBER}|${NUMBER}|полтора|полторы|полутора|пару|парочку|несколько|пар)`
const UNIT =
  '(минут\\p{L}*|мин|час\\p{L}{0,2}|ч|д(?:ень|ня|ней|енек|еньков)|рабочих дн(?:я|ей)|рабочий день|сутки|суток|недел\\p{L}{1,3}|месяц\\p{L}{0,2}|год\\p{L}?|лет)'

const MINUTES: [RegExp, number][] = [
  [/^мин/u, 1],
  [/^ч/u, 60],
]

/** "через" and an amount: minutes and hours are counted exactly, days name a day. */
function inAmount(amount: string, unit: string, approx = false): Atom | null {
  const [least, most] = amountOf(amount)
  if (least === undefined) return null
  const vague = approx || /^(?:пар|несколько)/u.test(amount) || most !== undefined
  const minutes = MINUTES.find(([pattern]) => pattern.test(unit))?.[1]
  if (minutes) {
    return {
      is: 'elapsed',
      elapsed: { minutes: least * minutes, to: most && most * minutes },
      approx: vague || undefined,
    }
  }
  const day = (count: number): Atom & { is: 'day' } => ({
    is: 'day',
    day: laterDay(count, unit),
    approx: vague || undefined,
  })
  return most === undefined
    ? day(least)
    : { is: 'days', from: day(least).day, to: day(most).day, approx: true }
}

function laterDay(count: number, unit: string): (Atom & { is: 'day' })['day'] {
  if (unit.startsWith('месяц')) return { is: 'months', months: count }
  if (/^(?:год|лет)/u.test(unit)) return { is: 'months', months: count * 12 }
  if (unit.startsWith('недел')) return { is: 'offset', days: Math.round(count * 7) }
  return { is: 'offset', days: count, business: unit.startsWith('рабоч') || undefined }
}

function amountOf(text: string): [number | undefined, number?] {
  if (text === '') return [1]
  if (/^\d+[.,]\d$/u.test(text)) return [Number(text.replace(',', '.'))]
  if (text.startsWith('полтор') || text.startsWith('полутор')) return [1.5]
  if (text.startsWith('пар')) return [2]
  if (text === 'несколько') return [3, 5]
  if (text.endsWith(' с половиной')) return [(cardinal(text.replace(' с половиной', '')) ?? 0) + 0.5]
  const range = /^(.+?) ?- ?(.+)$/u.exec(text)
  return range ? [cardinal(range[1]!), cardinal(range[2]!)] : [cardinal(text)]
}

/** "через" and relatives of it. */
export const elapsedRules: Rule[] = [
  rule('через день', () => ({ is: 'day', day: { is: 'offset', days: 2, unsure: 1 } })),
  rule('через (?:полчаса|пол часа|полчасика)', () => ({ is: 'elapsed', elapsed: { minutes: 30 } })),
  rule('через четверть часа', () => ({ is: 'elapsed', elapsed: { minutes: 15 } })),
  rule('через час[ -](полтора|другой|два)', (m) => ({
    is: 'elapsed',
    elapsed: { minutes: 60, to: m[1] === 'полтора' ? 90 : 120 },
    approx: true,
  })),
  rule('через полгода', () => ({ is: 'day', day: { is: 'months', months: 6 } })),
  rule('через (?:минут[ук]у?|минуточку)', () => ({ is: 'word', text: 'минутку' })),
  rule(
    `через (минут|час|дн|недел|месяц)(?:[уыа]|ов|иков|ика|ей|я|ь|ель|ев)? (\\d{1,3}(?![\\d:.])|${NUMBER}|пять|десять)`,
    (m) =>
      inAmount(
        m[2]!,
        m[1] === 'дн' ? 'дня' : m[1] === 'недел' ? 'недели' : m[1] === 'минут' ? 'минут' : m[1]!,
        true,
      ),
  ),
  rule(`через (?:(примерно|где-то|около) )?(?:${AMOUNT} )?${UNIT}`, (m) =>
    inAmount(m[2]!, m[3]!, m[1] !== ''),
  ),
  rule(`${UNIT} через ${AMOUNT}`, (m) => inAmount(m[2]!, m[1]!, true)),
  rule('полчаса', () => ({ is: 'word', text: 'полчаса' })),
  rule(`(?:в течени[еи]|в ближайшие|в ближайший) (?:${AMOUNT} )?(?:${UNIT}|полчаса)`, (m) =>
    within(m[1]!, m[2]!),
  ),
  rule('на днях|в ближайшие (?:дни|пару дней|несколько дней)', () => ({
    is: 'days',
    from: { is: 'offset', days: 1 },
    to: { is: 'offset', days: 4 },
    approx: true,
  })),
]

function within(amount: string, unit: string): Atom | null {
  if (unit === '') return { is: 'elapsed', elapsed: { minutes: 0, to: 30 } }
  if (/^(?:день|дня)$/u.test(unit) && amount === '') return { is: 'clocks', to: { h: 18, m: 0 } }
  if (unit.startsWith('дн') && amount === '') return null
  if (unit.startsWith('недел') && amount === '') {
    return { is: 'days', from: { is: 'offset', days: 0 }, to: { is: 'offset', days: 6 } }
  }
  if (/^(?:год|лет)/u.test(unit)) return null
  const made = inAmount(amount, unit)
  if (made?.is === 'elapsed')
    return { is: 'elapsed', elapsed: { minutes: 0, to: made.elapsed.to ?? made.elapsed.minutes } }
  if (made?.is === 'day') return { is: 'days', from: { is: 'offset', days: 0 }, to: made.day }
  return made
}

const WHICH =
  '(?:(эт|т|текущ|следующ|след|будущ|ближайш)(?:ой|ей|ого|его|ом|ем|ий|ую|их|им|ые|ие|и|а|е|\\.)? )?'
const offsetOf = (which: string): number => (/^(?:след|будущ)/u.test(which) ? 1 : 0)
const EDGE = '(?:в |во |на |к |ко |под |с )?(начал|серед|конц|конец)\\p{L}{0,3}'
const edgeOf = (word: string): 'early' | 'mid' | 'late' =>
  word.startsWith('нач') ? 'early' : word.startsWith('сер') ? 'mid' : 'late'

/** Weeks, weekends, months and their parts. */
export const spanRules: Rule[] = [
  rule(`до конца (?:рабочего )?дня|(?:к|под) концу? (?:рабочего )?дня`, (m) =>
    m[0]!.startsWith('до') ? { is: 'clocks', to: { h: 18, m: 0 } } : part(16, 18),
  ),
  rule(`до конца ${WHICH}(недели|месяца|года)`, (m) => span({ ...unitOf(m[2]!, m[1]!), part: 'rest' })),
  rule(`(?:в |во |на )?(перв|втор)(?:ой|ая|ую) половин[аеуы] (?:${WHICH}(недели|месяца)|${MONTH})`, (m) => ({
    is: 'span',
    span: {
      ...(m[4] ? { unit: 'month', offset: 0, month: monthOf(m[4]) } : unitOf(m[3]!, m[2]!)),
      part: m[1] === 'перв' ? 'first' : 'second',
    },
  })),
  rule(`${EDGE} ${WHICH}(недели|месяца)`, (m) => span({ ...unitOf(m[3]!, m[2]!), part: edgeOf(m[1]!) })),
  rule(
    `(?:в|на) (первых|10-х|десятых|20|20-х|двадцатых|последних) числах(?: ${MONTH})?(?: (следующего) месяца)?`,
    (m) =>
      span({
        unit: 'month',
        offset: offsetOf(m[3]!),
        month: m[2] ? monthOf(m[2]) : undefined,
        part: m[1]!.startsWith('перв') ? 'early' : /^(?:10|дес)/u.test(m[1]!) ? 'mid' : 'late',
      }),
  ),
  rule(`(?:на|в) (перв|последн)\\p{L}+ (?:неделе|неделю) ${MONTH}`, (m) =>
    span({ unit: 'month', offset: 0, month: monthOf(m[2]!), part: m[1] === 'перв' ? 'early' : 'late' }),
  ),
  rule(`${EDGE} ${MONTH}(?: (20\\d\\d)(?: года)?)?`, (m) =>
    span({
      unit: 'month',
      offset: 0,
      month: monthOf(m[2]!),
      year: Number(m[3]) || undefined,
      part: edgeOf(m[1]!),
    }),
  ),
  rule(`(?:на |в )?(эт|т|текущ|следующ|след|будущ|ближайш)(?:ой|ую|ей|ая|\\.)? недел[еюия]`, (m) =>
    span({ unit: 'week', offset: m[1] === 'т' ? 1 : offsetOf(m[1]!), unsure: m[1] === 'т' || undefined }),
  ),
  rule('на следующей(?= ?(?:$|[.,!?;]))', () => span({ unit: 'week', offset: 1 })),
  rule('(?:на|в) неделе', () => span({ unit: 'week', offset: 0, unsure: true })),
  rule(`(?:в|на) ${WHICH}(?:выходных|выходные|уикенд)`, (m) =>
    span({ unit: 'weekend', offset: offsetOf(m[1]!) }),
  ),
  rule('выходные|выходных', (_, atoms) =>
    atoms.at(-1)?.is === 'word' ? null : span({ unit: 'weekend', offset: 0 }),
  ),
  rule(`(?:в|на) (эт|текущ|следующ|след|будущ)(?:ом|ем|\\.)? месяце?`, (m) =>
    span({ unit: 'month', offset: offsetOf(m[1]!) }),
  ),
  rule(`в ${MONTH}(?: (20\\d\\d)(?: года?)?| следующего года)?`, (m) =>
    /[ейт]$/u.test(m[1]!)
      ? span({ unit: 'month', offset: 0, month: monthOf(m[1]!), year: Number(m[2]) || undefined })
      : null,
  ),
]

function unitOf(word: string, which: string): Span {
  const unit = word.startsWith('нед') ? 'week' : word.startsWith('мес') ? 'month' : 'year'
  return { unit, offset: offsetOf(which) }
}

/** Parts of the day. */
export const partRules: Rule[] = [
  rule('(?:(?:сразу|уже) )?после обеда|после обеденного перерыва|пообедав', () => part(13, 18, 'pm')),
  rule('до обеда|до полудня', () => ({
    is: 'part',
    part: { from: 9 * HOUR, to: 12 * HOUR, half: 'am', open: true },
  })),
  rule('ближе к обеду', () => part(11, 13)),
  rule('в обед|к обеду|в обеденн\\p{L}+ (?:время|перерыв)|во время обеда|обедом|обед', () =>
    part(12, 14, 'pm'),
  ),
  rule('(?:в |во )?втор(?:ой|ая|ую) половин[аеу] дня', () => part(13, 18, 'pm')),
  rule('(?:в |на )?перв(?:ой|ая|ую) половин[аеу] дня', () => part(9, 12, 'am')),
  rule('(?:ближе |поближе )?к вечеру|под вечер|ранн(?:им|ий) вечер(?:ом)?', () => part(16, 19, 'pm')),
  rule('(?:очень )?рано утром|ранн(?:им|ее) утр(?:ом|о)|с утра пораньше|пораньше утром|утром пораньше', () =>
    part(7, 9, 'am'),
  ),
  rule('поздн(?:им|ий) утр(?:ом|о)|ближе к полудню', () => part(10, 12, 'am')),
  rule('поздно вечером|поздн(?:им|ий) вечер(?:ом)?|вечером попозже|попозже вечером|ближе к ночи', () =>
    part(20, 23, 'pm'),
  ),
  rule('(?:по|с )?утра|утро|утром|утречком|поутру', () => part(9, 12, 'am')),
  rule('(?:в )?середин[еау] дня', () => part(12, 15, 'pm')),
  rule('(?:в )?конц[еау] (?:рабочего )?дня', () => part(16, 18, 'pm')),
  rule('(?:в )?начал[еау] (?:рабочего )?дня', () => part(9, 11, 'am')),
  rule('днем', () => part(12, 17, 'pm')),
  rule('после работы', () => part(18, 21, 'pm')),
  rule('в рабочее время|в рабочие часы', () => part(9, 18)),
  rule('вечером|вечерком|вечера|вечер|вечеру', () => part(18, 22, 'evening')),
  rule('ночью|ночи', () => part(22, 24, 'night')),
]
