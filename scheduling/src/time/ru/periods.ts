import { later, within, type Piece, type Unit } from '../duration.ts'
import { firstWeek, rule, type Atom, type Clock, type Part, type Rule, type Span } from '../model.ts'
import { MONTH, monthOf } from './days.ts'
import { partOfLast } from '../postfix.ts'
import { NUMBER, cardinal } from './numbers.ts'

const HOUR = 60
const part = (from: number, to: number, half?: Clock['half']): Atom => ({
  is: 'part',
  part: { from: from * HOUR, to: to * HOUR, half } satisfies Part,
})
const each = (made: Atom): Atom =>
  made.is === 'part' ? { ...made, part: { ...made.part, each: true } } : made
const span = (value: Span): Atom => ({ is: 'span', span: value })

const DECIMAL = '\\d{1,2}[.,]\\d'
const AMOUNT = `(?:${DECIMAL}(?: ?(?:-|или) ?(?:${DECIMAL}|${NUMBER}))?|(?:${NUMBER}|полтора|полторы)(?: с половиной| ?(?:-|или) ?${NUMBER})?|полутора|двое|трое|четверо|пару(?:-тройку)?|парочку|несколько|пар)`
const UNIT =
  '(?:минут\\p{L}*|мин|м|час(?:а|ов|у|ам|ик|ика|иков|ок|очек|очка|очков)?|ч|д(?:ень|ня|ней|енек|еньков)|рабочих дн(?:я|ей)|рабочий день|сутки|суток|недел\\p{L}{1,3}|месяц\\p{L}{0,2}|год\\p{L}?|лет)\\.?'
// "Час пик", "день рождения": a unit without an amount that names something else.
const PIECE = `(?:${AMOUNT} ?(?:- ?)?${UNIT}|пол(?:у)?час(?:а|ика)|четверть часа|пол часа|${UNIT})`
const NEXT_PIECE = `(?:(?:,? (?:и |плюс |с )?|,? ?)(?:${AMOUNT} ?${UNIT}|полчаса|четверть часа|половиной|четвертью)|,? (?:и|плюс) ${UNIT})`
const DURATION = `(${PIECE}(?:${NEXT_PIECE})*(?: ${NUMBER}(?= ?(?:$|[.,!?])))?)`
const EACH_PIECE = new RegExp(
  `(пол(?:у)?час(?:а|ика)|пол часа|четверть часа|половиной|четвертью)(?!\\p{L})|(?:(${AMOUNT}) ?(?:- ?)?)?(${UNIT})(?!\\p{L})|(${NUMBER})`,
  'gu',
)

const COLLECTIVE: Record<string, number> = {
  полтора: 1.5,
  полторы: 1.5,
  полутора: 1.5,
  двое: 2,
  трое: 3,
  четверо: 4,
}

function unitOfDuration(word: string): Unit {
  if (/^м(?:ин|\.?$)/u.test(word)) return 'minute'
  if (word.startsWith('ч')) return 'hour'
  if (word.startsWith('рабоч')) return 'workday'
  if (word.startsWith('нед')) return 'week'
  if (word.startsWith('мес')) return 'month'
  return word.startsWith('г') || word.startsWith('л') ? 'year' : 'day'
}

/** "2 часа 20 минут", "час с четвертью", "неделю и два дня"; null when a part of it is not understood. */
function piecesOf(text: string): Piece[] | null {
  const pieces: Piece[] = []
  for (const [, fraction, amount = '', unit, minutes] of text.matchAll(EACH_PIECE)) {
    const last = pieces.at(-1)
    if (fraction?.startsWith('пол') || fraction?.startsWith('четверть')) {
      if (fraction === 'половиной') {
        if (!last) return null
        last.count += 0.5
      } else if (fraction === 'четвертью') {
        if (last?.unit !== 'hour') return null
        last.count += 0.25
      } else pieces.push({ count: fraction.startsWith('пол') ? 30 : 15, unit: 'minute' })
    } else if (unit) {
      const [count, most] = amountOf(amount)
      if (count === undefined) return null
      const vague = /^(?:пар|несколько)/u.test(amount) || undefined
      pieces.push({ count, most, unit: unitOfDuration(unit), vague })
    } else {
      // "через 2 часа 20"
      if (last?.unit !== 'hour') return null
      pieces.push({ count: cardinal(minutes ?? '') ?? 0, unit: 'minute' })
    }
  }
  return pieces.length > 0 ? pieces : null
}

function amountOf(text: string): [number | undefined, number?] {
  if (text === '') return [1]
  if (COLLECTIVE[text]) return [COLLECTIVE[text]]
  if (text.endsWith('тройку')) return [2, 3]
  if (text.startsWith('пар')) return [2]
  if (text === 'несколько') return [3, 5]
  if (text.endsWith(' с половиной')) return [(cardinal(text.replace(' с половиной', '')) ?? 0) + 0.5]
  const range = /^(.+?) ?(?:-|или) ?(.+)$/u.exec(text)
  return range ? [plainAmount(range[1]!), plainAmount(range[2]!)] : [plainAmount(text)]
}

function plainAmount(text: string): number | undefined {
  if (/^\d+[.,]\d$/u.test(text)) return Number(text.replace(',', '.'))
  return COLLECTIVE[text] ?? cardinal(text)
}

/** "через" and relatives of it. */
export const elapsedRules: Rule[] = [
  rule('через (?:полчаса|полчасика)(?: ?- ?| или )(?:час|часик)', () => ({
    is: 'elapsed',
    elapsed: { minutes: 30, to: 60 },
    approx: true,
  })),
  rule('через (?:день|денек)(?: ?- ?| или | )(?:два|другой)', () => ({
    is: 'days',
    from: { is: 'offset', days: 1 },
    to: { is: 'offset', days: 2 },
    approx: true,
  })),
  rule('через день(?! ?(?:,|и|\\d))', () => ({ is: 'day', day: { is: 'offset', days: 2, unsure: 1 } })),
  rule('через (?:полчаса|пол часа|полчасика)', () => ({ is: 'elapsed', elapsed: { minutes: 30 } })),
  rule('через три четверти часа', () => ({ is: 'elapsed', elapsed: { minutes: 45 } })),
  rule('через четверть часа', () => ({ is: 'elapsed', elapsed: { minutes: 15 } })),
  rule('через час(?: ?- ?| или | )(полтора|другой|два)', (m) => ({
    is: 'elapsed',
    elapsed: { minutes: 60, to: m[1] === 'полтора' ? 90 : 120 },
    approx: true,
  })),
  rule('через (?:недел(?:ю|ьку|ьки|и)|месяц)[ -](?:две|два|другую|другой|полторы|полтора)', (m) =>
    m[0]!.includes('месяц')
      ? { is: 'days', from: { is: 'months', months: 1 }, to: { is: 'months', months: 2 }, approx: true }
      : { is: 'days', from: { is: 'offset', days: 7 }, to: { is: 'offset', days: 14 }, approx: true },
  ),
  rule('через час(?:а|ика)? полтора|часа? через полтора|часика через полтора', () => ({
    is: 'elapsed',
    elapsed: { minutes: 90 },
    approx: true,
  })),
  rule('через полгода', () => ({ is: 'day', day: { is: 'months', months: 6 } })),
  rule('через (\\d):([0-5]\\d)', (m) => [
    { is: 'doubt' },
    { is: 'elapsed', elapsed: { minutes: 60 * Number(m[1]) + Number(m[2]) } },
  ]),
  rule('через (?:минут[ук]у?|минуточку)', () => ({ is: 'word', text: 'минутку' })),
  rule(
    `через (минут|час|дн|недел|месяц)(?:ов|иков|ика|ей|я|ь|ель|ев|(?<=минут)(?:ы|ок)?|(?<=час)а) (\\d{1,3}(?![\\d:.])|${NUMBER}|пять|десять)`,
    (m) => later([{ count: cardinal(m[2]!) ?? 0, unit: unitOfDuration(m[1]!) }], true),
  ),
  rule(
    `(через|спустя|в течени[еи]|в ближайши[ей]|в ближайшую|в следующие|следующие|ближайшие)(?: (примерно|где-то|около|ровно|еще))? ${DURATION}`,
    (m) => {
      if (!/^(?:через|спустя)/u.test(m[1]!)) return during(m[3]!)
      const pieces = piecesOf(m[3]!)
      return pieces && later(pieces, /прим|где|окол/u.test(m[2]!))
    },
  ),
  rule(`(${UNIT}) через (${AMOUNT})`, (m) => {
    const pieces = piecesOf(`${m[2]} ${m[1]}`)
    return pieces && later(pieces, true)
  }),
  rule('полчаса', () => ({ is: 'word', text: 'полчаса' })),
  rule('на днях|в ближайшие (?:дни|пару дней|несколько дней)', () => ({
    is: 'days',
    from: { is: 'offset', days: 1 },
    to: { is: 'offset', days: 4 },
    approx: true,
  })),
]

function during(text: string): Atom | null {
  if (/^(?:день|дня)$/u.test(text)) return { is: 'clocks', to: { h: 18, m: 0 } }
  if (/^(?:дней|год|лет)/u.test(text)) return null
  if (/^недел\p{L}+$/u.test(text))
    return { is: 'days', from: { is: 'offset', days: 0 }, to: { is: 'offset', days: 6 } }
  const pieces = piecesOf(text)
  return pieces && within(pieces)
}

const WHICH =
  '(?:(эт|т|текущ|следующ|след|будущ|ближайш)(?:ой|ей|ого|его|ом|ем|ий|ую|их|им|ые|ие|и|а|е|\\.)? )?'
const offsetOf = (which: string): number => (/^(?:след|будущ)/u.test(which) ? 1 : 0)
const EDGE = '(?:в |во |на |к |ко |под |с )?(начал|серед|конц|конец)\\p{L}{0,3}'
const SEASONS: Record<string, number> = { зим: 12, весн: 3, лет: 6, осен: 9 }
const edgeOf = (word: string): 'early' | 'mid' | 'late' =>
  word.startsWith('нач') ? 'early' : word.startsWith('сер') ? 'mid' : 'late'

/** Weeks, weekends, months and their parts. */
export const spanRules: Rule[] = [
  rule(`до конца (?:рабочего )?дня|(?:к|под) кон(?:ец|цу) (?:рабочего )?дня`, (m) =>
    m[0]!.startsWith('до') ? { is: 'clocks', to: { h: 18, m: 0 } } : part(16, 18),
  ),
  rule(`до (конца|середины|начала) ${MONTH}(?: (20\\d\\d)(?: года)?)?`, (m) => {
    const month: Span = { unit: 'month', offset: 0, month: monthOf(m[2]!), year: Number(m[3]) || undefined }
    if (m[1] === 'конца') return span({ ...month, part: 'rest' })
    return m[1] === 'начала'
      ? span({ ...month, part: 'before' })
      : [{ is: 'doubt' }, span({ ...month, part: 'before' })]
  }),
  rule(`(?:до|к) ${MONTH}(?: (20\\d\\d)(?: года)?)?`, (m, before) =>
    /[яаю]$/u.test(m[1]!) && before.at(-1)?.is !== 'word'
      ? span({
          unit: 'month',
          offset: 0,
          month: monthOf(m[1]!),
          year: Number(m[2]) || undefined,
          part: 'before',
        })
      : null,
  ),
  rule('(?:в|на) (20[2-9]\\d)(?= ?(?:$|[.,!?]))', (m, before) =>
    before.at(-1)?.is === 'day'
      ? null
      : [{ is: 'doubt' }, span({ unit: 'year', offset: 0, year: Number(m[1]) })],
  ),
  rule('в (20[2-9]\\d)(?:-м)? году', (m, before) =>
    before.at(-1)?.is === 'word' ? null : span({ unit: 'year', offset: 0, year: Number(m[1]) }),
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
    `(?:в|на) (первых|10|десятых|20|двадцатых|последних) числах(?: ${MONTH})?(?: (следующего) месяца)?`,
    (m) => {
      const third = m[1]!.startsWith('перв') ? 'early' : /^(?:10|дес)/u.test(m[1]!) ? 'mid' : 'late'
      return span({
        unit: 'month',
        offset: offsetOf(m[3]!),
        month: m[2] ? monthOf(m[2]) : undefined,
        part: /^(?:20|двад)/u.test(m[1]!) ? 'twenties' : third,
      })
    },
  ),
  rule(`(?:на |в )?(перв|последн)\\p{L}+ недел[еюяи] ${MONTH}(?: (20\\d\\d)(?: года)?)?`, (m) => {
    const [month, year] = [monthOf(m[2]!), Number(m[3]) || undefined]
    return m[1] === 'перв'
      ? firstWeek(month, year)
      : span({ unit: 'month', offset: 0, month, year, part: 'late' })
  }),
  rule(`(?:где-то |примерно )?${EDGE}(?= ?(?:$|[.,!?;)]))`, (m, before) => partOfLast(before, edgeOf(m[1]!))),
  rule(`${EDGE} (?:(20[2-9]\\d) )?года|${EDGE} (20[2-9]\\d)`, (m) =>
    yearEdge(m[1] || m[3]!, Number(m[2] || m[4]) || undefined),
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
  rule('(?:на |в )?(эту|эти|этих|следующ\\p{L}+) квартал\\p{L}*|(?:в|на) (этом|следующем) квартале', (m) =>
    span({ unit: 'quarter', offset: offsetOf(m[1] || m[2]!) }),
  ),
  rule(
    '(?:в |во |на )?(?:(1|2|3|4)|(перв|втор|трет|четверт)\\p{L}+)(?:-?(?:м|ом|й|ый|ий))? квартал[еау]?(?: (20\\d\\d)(?: года)?)?',
    (m, before) => {
      // "Планируем в первом квартале" says when they buy.
      if (before.findLast(({ is }) => is !== 'relation')?.is === 'word') return null
      const quarter = Number(m[1]) || ['перв', 'втор', 'трет', 'четверт'].indexOf(m[2]!) + 1
      return span({ unit: 'quarter', offset: 0, month: 3 * quarter - 2, year: Number(m[3]) || undefined })
    },
  ),
  rule(
    '(?:(?:эт|следующ|будущ)\\p{L}+ )?(?:(зим|весн|осен)(?:ой|ью)|(лет)ом)(?: (20\\d\\d)(?: года)?)?',
    (m) =>
      span({ unit: 'season', offset: 0, month: SEASONS[m[1] || m[2]!], year: Number(m[3]) || undefined }),
  ),
  rule('(?:в |на )?([1-4]) ?кв\\.? (20[2-9]\\d)(?: ?г(?:ода|\\.)?)?', (m) =>
    span({ unit: 'quarter', offset: 0, month: 3 * Number(m[1]) - 2, year: Number(m[2]) }),
  ),
  // The whole message.
  rule(`(?<![^])${MONTH}(?=[ .!?]*$)`, (m) => span({ unit: 'month', offset: 0, month: monthOf(m[1]!) })),
  rule(`${MONTH} (20\\d\\d)(?: ?г(?:ода|од|\\.)?(?!\\p{L}))?`, (m, before) =>
    before.at(-1)?.is === 'number'
      ? null
      : span({ unit: 'month', offset: 0, month: monthOf(m[1]!), year: Number(m[2]) }),
  ),
  // Whether weeks are counted from the first day or the first Monday, has to be asked.
  rule(
    `(?:на |в )?(втор|трет|четверт)(?:ой|ей|ую|ью|ая|ья) недел[еюия] ${MONTH}(?: (20\\d\\d)(?: года)?)?`,
    (m) => {
      const week = ['втор', 'трет', 'четверт'].indexOf(m[1]!) + 1
      const day = {
        is: 'date' as const,
        day: 7 * week + 1,
        month: monthOf(m[2]!),
        year: Number(m[3]) || undefined,
      }
      return [{ is: 'doubt' }, span({ unit: 'week', offset: 0, around: day })]
    },
  ),
  rule(`(?:в |на )?(перв|втор|трет|последн)\\p{L}+ выходн\\p{L}+ ${MONTH}(?: (20\\d\\d)(?: года)?)?`, (m) => {
    const n = ['перв', 'втор', 'трет'].indexOf(m[1]!) + 1 || -1
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
    'на следующей(?= ?(?:$|[.,!?;])| (?:во? (?:понед|вторн|сред[ауыею]|четверг|пятниц|субб|воскр|люб)|люб|можно|могу|давай|тогда|лучше|удоб|готов|свобод|после|до|с|со|когда)(?:\\p{L}+)?)',
    () => span({ unit: 'week', offset: 1 }),
  ),
  // "Неделя с 14 по 18 декабря": its days are said.
  rule('(?:на |в )?недел[юеяи](?= с \\d{1,2}(?:[ .]\\p{L}*)?[\\d.]* (?:по|до) | \\d{1,2} ?- ?\\d)', () => ({
    is: 'word',
    text: '',
  })),
  rule(`(?:на|в) неделе(?! (?:с |от |начиная с )?\\d)`, () =>
    span({ unit: 'week', offset: 0, unsure: true }),
  ),
  rule(`(?:в|на) ${WHICH}(?:выходных|выходные|уикенд)`, (m) =>
    span({ unit: 'weekend', offset: offsetOf(m[1]!) }),
  ),
  rule('выходные|выходных', (_, atoms) =>
    atoms.at(-1)?.is === 'word' ? null : span({ unit: 'weekend', offset: 0 }),
  ),
  rule(`(?:в|на) (эт|текущ|следующ|след|будущ)(?:ом|ем|\\.)? месяце?`, (m) =>
    span({ unit: 'month', offset: offsetOf(m[1]!) }),
  ),
  rule(`в ${MONTH}(?: (20\\d\\d)(?: года?)?| (следующего) года)?`, (m) =>
    /[ейт]$/u.test(m[1]!)
      ? span({
          unit: 'month',
          offset: offsetOf(m[3]!),
          month: monthOf(m[1]!),
          year: Number(m[2]) || undefined,
        })
      : null,
  ),
]

function unitOf(word: string, which: string): Span {
  const unit = word.startsWith('нед') ? 'week' : word.startsWith('мес') ? 'month' : 'year'
  return { unit, offset: offsetOf(which) }
}

/** How long the beginning of a year is, has to be asked. */
function yearEdge(word: string, year: number | undefined): Atom[] {
  const edge = edgeOf(word)
  if (edge === 'late') return [span({ unit: 'month', offset: 0, month: 12, year, part: 'late' })]
  return [{ is: 'doubt' }, span({ unit: 'month', offset: 0, month: edge === 'early' ? 1 : 6, year })]
}

/** Parts of the day. */
export const partRules: Rule[] = [
  rule('(?:(?:сразу|уже) )?после обеда|после обеденного перерыва|пообедав', () => part(13, 18, 'pm')),
  rule('с (?:самого )?утра (?:и )?до обеда', () => part(9, 12, 'am')),
  rule('до обеда|до полудня', () => ({
    is: 'part',
    part: { from: 9 * HOUR, to: 12 * HOUR, half: 'am', open: true },
  })),
  rule('ближе к обеду', () => part(11, 13)),
  rule(
    '(?:около|в районе) обеда|в обед|к обеду|в обеденн\\p{L}+ (?:время|перерыв)|во время обеда|обедом|обеда|обед',
    () => part(12, 14, 'pm'),
  ),
  rule('(?:в |во )?(?:втор(?:ой|ая|ую)|2-?(?:ой|ая|ую|я|й)?) половин[аеуы] дня', () => part(13, 18, 'pm')),
  rule('(?:в |на )?(?:перв(?:ой|ая|ую)|1-?(?:ой|ая|ую|я|й)?) половин[аеуы] дня', () => part(9, 12, 'am')),
  rule('(?:ближе |поближе )?к вечеру|под вечер|ранн(?:им|ий) вечер(?:ом)?', () => part(16, 19, 'pm')),
  rule(
    '(?:очень )?рано утром|на рассвете|с рассветом|ранн(?:им|ее) утр(?:ом|о)|с утра пораньше|пораньше утром|утром пораньше',
    () => part(7, 9, 'am'),
  ),
  rule('поздн(?:им|ий) утр(?:ом|о)|ближе к полудню', () => part(10, 12, 'am')),
  rule('поздно вечером|поздн(?:им|ий) вечер(?:ом)?|вечером попозже|попозже вечером|ближе к ночи', () =>
    part(20, 23, 'pm'),
  ),
  rule('(?:с )?(?:самого )?утречка|(?:с )?утреца|(?:по|с )?утра|утро|утром|утречком|поутру', () =>
    part(9, 12, 'am'),
  ),
  rule('(?:в )?середин[еау] дня', () => part(12, 15, 'pm')),
  rule('(?:в )?конц[еау] (?:рабочего )?дня', () => part(16, 18, 'pm')),
  rule('(?:в )?начал[еау] (?:рабочего )?дня', () => part(9, 11, 'am')),
  rule('вечерами|по вечерам', () => each(part(18, 22, 'evening'))),
  rule('по утрам', () => each(part(9, 12, 'am'))),
  rule('днем', () => part(12, 17, 'pm')),
  // "В среду, в первой половине": of the day, where one is named.
  rule('(?:в |во )?(перв|втор)(?:ой|ую|ая) половин[аеуы](?= ?(?:$|[.,!?]))', (m, before) =>
    before.some(({ is }) => is === 'day')
      ? m[1] === 'перв'
        ? part(9, 12, 'am')
        : part(13, 18, 'pm')
      : { is: 'doubt' },
  ),
  rule('(?:после|до|перед) (?:завтрака|завтраком|ужина|ужином)', () => ({ is: 'doubt' })),
  rule('после (?:работы|смены)', () => part(18, 21, 'pm')),
  rule('(?:по)?раньше|(?:по)?позже(?= ?(?:$|[.,!?]))', (_, before) =>
    before.at(-1)?.is === 'day' || before.at(-1)?.is === 'part' ? { is: 'doubt' } : null,
  ),
  rule('в рабочее время|в рабочие часы', () => part(9, 18)),
  rule('вечером|вечерком|вечера|вечер|вечеру', () => part(18, 22, 'evening')),
  rule('ночью|ночи', () => part(22, 24, 'night')),
]
