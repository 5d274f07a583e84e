import { isFiller } from '../filler.ts'
import { rule, type Atom, type Clock, type Relation, type Rule } from '../model.ts'
import { MONTH } from './days.ts'
import { NUMBER, ORDINAL, cardinal, ordinal } from './numbers.ts'

// Not "в 12 дня или ночи?".
const NO_CHOICE = '(?! или (?:утра|дня|вечера|ночи)(?!\\p{L}))'
const HALF = `(?: ?(утра|дня|вечера|ночи|пополудни|[ap]\\.?m\\.?)(?![\\p{L}\\d])${NO_CHOICE})?`
const HOURS = 'час(?:ов|а|ам|у|ами|ах)?'

/** An amount is not a time: what follows may only be the end, or a word that goes on about times. */
const NO_AMOUNT =
  '(?= ?(?:$|[.,!?;:)(-]|\\d|(?:по|мск|и|или|до|в|во|вт|пн|ср|чт|пт|сб|вс|на|с|если|можно|удобно|давайте|ок|норм|устроит|подойдет|будет|могу|смогу|завтра|сегодня|утра|вечера|ровно|пожалуйста)(?!\\p{L})))'

const halves: Record<string, Clock['half']> = {
  утра: 'am',
  дня: 'day',
  пополудни: 'day',
  вечера: 'evening',
  ночи: 'night',
  am: 'am',
  pm: 'pm',
}

function clock(h: number, m: number, half = '', written24?: boolean, digital?: boolean): Atom | null {
  if (h > 24 || m > 59 || (h === 24 && m > 0)) return null
  return { is: 'clock', clock: { h, m, half: halves[half.replaceAll('.', '')], written24, digital } }
}

/** A clock reading so many minutes before the hour. */
function before(h: number, early: number, half = ''): Atom | null {
  return h >= 1 && h <= 24 && early < 60 ? clock(h === 1 ? 12 : h - 1, 60 - early, half) : null
}

/** Minutes of the n-th hour: "половина пятого" is 4:30. */
function ofHour(word: string, late: number, half = ''): Atom | null {
  const hour = ordinal(word)
  return hour >= 1 && hour <= 12 && late < 60 ? clock(hour === 1 ? 12 : hour - 1, late, half) : null
}

function minutes(text: string): number | undefined {
  return text.startsWith('четверт') ? 15 : cardinal(text)
}

const relationOf = (atom: Atom | undefined): Relation | undefined =>
  atom?.is === 'relation' ? atom.relation : undefined
const about = (made: Atom | null): Atom | null => (made?.is === 'clock' ? { ...made, approx: true } : made)

/** After a preposition, a day or another time a pair of numbers is a time. */
function expectsTime(atoms: Atom[]): boolean {
  const last = atoms.findLast((atom) => !isFiller(atom))
  return last !== undefined && ['relation', 'day', 'part', 'join', 'clock', 'correction'].includes(last.is)
}

/** Times of day in all forms that are more than a bare number. */
export const clockRules: Rule[] = [
  rule(`(?:в |во |к |на |около |до |после )?пол[ -]?(${ORDINAL})${HALF}`, (m) => {
    const made = ofHour(m[1]!, 30, m[2])
    return made && keepPreposition(m[0]!, made)
  }),
  // "в пол 3"
  rule(`(?:в |во |к |на |около |до |после )?пол[ -]?(\\d{1,2})(?:-?го)?(?![:.]\\d)${HALF}`, (m) => {
    const hour = Number(m[1])
    const made = hour >= 1 && hour <= 12 ? clock(hour === 1 ? 12 : hour - 1, 30, m[2]) : null
    return made && keepPreposition(m[0]!, made)
  }),
  rule(`(?:в |к |на |около |до |после )?половин[аеуы] (${ORDINAL})${HALF}`, (m) => {
    const made = ofHour(m[1]!, 30, m[2])
    return made && keepPreposition(m[0]!, made)
  }),
  rule(`без (четверти|${NUMBER})(?: минут\\p{L}*)?,? (полдень|полночь)`, (m) => {
    const early = minutes(m[1]!) ?? 60
    return early < 60 ? clock(m[2] === 'полдень' ? 11 : 23, 60 - early, '', true) : null
  }),
  rule(`без (четверти|${NUMBER})(?: минут\\p{L}*)?,? (${NUMBER}|час)${HALF}`, (m) =>
    before(m[2] === 'час' ? 1 : (cardinal(m[2]!) ?? 0), minutes(m[1]!) ?? 60, m[3]),
  ),
  rule(`(четверть|${NUMBER} минут\\p{L}*|${NUMBER} мин\\.?) (${ORDINAL})${HALF}`, (m) =>
    ofHour(m[2]!, minutes(m[1]!.replace(/ мин.*/u, '')) ?? 60, m[3]),
  ),
  rule(`(\\d{1,2})(?::| : )([0-5]\\d)(?::[0-5]\\d)?(?: ?ч(?:ас(?:ов|а)?)?\\.?)?${HALF}`, (m) =>
    clock(Number(m[1]), Number(m[2]), m[3], is24(m[1]!), true),
  ),
  rule(`(\\d{1,2}),([0-5]\\d)${HALF}`, (m, atoms) =>
    relationOf(atoms.at(-1)) === 'at' ? clock(Number(m[1]), Number(m[2]), m[3], is24(m[1]!), true) : null,
  ),
  rule(
    `(\\d{1,2})\\.([0-5]\\d)(?! ?(?:руб|тыс|млн|долл|евро|usd|процент|[%₽$€]|кг|км|гб|м2|балл|звезд))(?: ?ч(?:ас(?:ов|а)?)?\\.?)?${HALF}`,
    (m, atoms) =>
      expectsTime(atoms) || m[3] || atoms.length === 0
        ? clock(Number(m[1]), Number(m[2]), m[3], is24(m[1]!), true)
        : null,
  ),
  // "в 1730", "к 930"
  rule(`(\\d{1,2})([0-5]\\d)(?: ?ч(?:ас(?:ов|а)?)?\\.?)?${HALF}${NO_AMOUNT}`, (m, atoms) => {
    const asked = ['at', 'by', 'about'].includes(relationOf(atoms.at(-1)) ?? '') || atoms.at(-1)?.is === 'day'
    const named = atoms.some(({ is }) => is === 'day') || m[0]!.includes('ч')
    const isYear = /^20(?:2|3)/u.test(m[0]!) && !named
    if (!m[3] && (!asked || Number(m[2]) % 5 > 0 || isYear)) return null
    const made = clock(Number(m[1]), Number(m[2]), m[3], m[0]!.length > 3 && is24(m[1]!), true)
    // "Работы на 100": a round number without a day may be no hour.
    return made && m[2] === '00' && m[0]!.length === 3 && !named ? [{ is: 'doubt' }, made] : made
  }),
  rule('([01]\\d|2[0-3])([0-5][05])(?! ?(?:руб|р\\.|тыс|шт|чел|год|г\\.|[%€$₽]))', (m, atoms) => {
    const last = atoms.at(-1)
    const day = last?.is === 'relation' && last.relation === 'at' ? atoms.at(-2) : last
    return day?.is === 'day' ? clock(Number(m[1]), Number(m[2]), '', true, true) : null
  }),
  rule(`(\\d{1,2}) ?ч(?:ас(?:ов|а)?)?\\.? ?([0-5]?\\d)(?: ?м(?:ин(?:ут[аы]?)?)?\\.?)?${HALF}`, (m) =>
    clock(Number(m[1]), Number(m[2]), m[3], is24(m[1]!), true),
  ),
  rule(`(\\d{1,2})-([0-5]\\d)${HALF}`, (m, atoms) => {
    const [h, min] = [Number(m[1]), Number(m[2])]
    const last = relationOf(atoms.at(-1))
    if (!expectsTime(atoms)) return null
    // "в 10-11" is from ten to eleven; "в 10-15" may be both.
    if (min <= h || min > 24) return clock(h, min, m[3], is24(m[1]!), true)
    const made = (last === 'at' || last === 'by') && min % 5 === 0 && clock(h, min, m[3], is24(m[1]!), true)
    return made ? [{ is: 'doubt' }, made] : null
  }),
  rule(
    `(\\d{1,2}) ([0-5]\\d)(?![:.,/]\\d)(?! ${MONTH}(?!\\p{L}))(?! ?(?:\\d|[%€$₽]|тыс|руб|чел|сотр|шт|минут|дн|раз|мест))${HALF}`,
    (m, atoms) =>
      expectsTime(atoms) || atoms.length === 0
        ? clock(Number(m[1]), Number(m[2]), m[3], is24(m[1]!), true)
        : null,
  ),
  rule(
    `(${NUMBER}|час) (тридцать|пятнадцать|двадцать|сорок(?: пять)?|десять|пятьдесят|ноль[ -]ноль|ноль[ -]пять)${HALF}`,
    (m, atoms) => {
      const h = m[1] === 'час' ? 1 : cardinal(m[1]!)
      return expectsTime(atoms) && h !== undefined ? clock(h, cardinal(m[2]!) ?? 0, m[3]) : null
    },
  ),
  rule(`(?:(?:часов|часам|часиков|часа|часика) (?:в|к)|часов (?:до|после|с)) (${NUMBER})${HALF}`, (m) => {
    const made = about(clock(cardinal(m[1]!) ?? 99, 0, m[2]))
    return made && keepPreposition(m[0]!.replace(/^\p{L}+ /u, ''), made)
  }),
  rule(`(${NUMBER}) ?(?:${HOURS}|ч\\.?) (утра|дня|вечера|ночи|пополудни)${NO_CHOICE}`, (m) =>
    clock(cardinal(m[1]!) ?? 99, 0, m[2]),
  ),
  rule(`(${NUMBER}) (утра|вечера|ночи|пополудни)${NO_CHOICE}`, (m) => clock(cardinal(m[1]!) ?? 99, 0, m[2])),
  rule(`(${NUMBER}) дня${NO_CHOICE}`, (m, atoms) => {
    // "2 or 3 days" is a duration.
    const joined = atoms.at(-1)?.is === 'join' && atoms.at(-2)?.is === 'number'
    const start = atoms.at(-3)?.is
    if (!expectsTime(atoms) || (joined && start !== 'relation' && start !== 'day')) return null
    return clock(cardinal(m[1]!) ?? 99, 0, 'дня')
  }),
  rule(`(${NUMBER}) ?(?:${HOURS}|ч\\.?)`, (m, atoms) => {
    const last = atoms.at(-1)
    return relationOf(last) || last?.is === 'join' || last?.is === 'day'
      ? clock(cardinal(m[1]!) ?? 99, 0, '', Number(m[1]) > 12)
      : null
  }),
  rule(
    `(${NUMBER}) часов(?= (?:завтра|сегодня|послезавтра|(?:в |во )?(?:понед|вторн|сред[ауыею]|четверг|пятниц|субб|воскр)))`,
    (m) => clock(cardinal(m[1]!) ?? 99, 0),
  ),
  rule(`(${NUMBER}) с половиной${HALF}`, (m, atoms) =>
    expectsTime(atoms) ? clock(cardinal(m[1]!) ?? 99, 30, m[2]) : null,
  ),
  rule(`в начале (${ORDINAL})${HALF}`, (m) => about(ofHour(m[1]!, 0, m[2]))),
  rule('\\d{1,2}:[6-9]\\d|(?:2[5-9]|[3-9]\\d):[0-5]\\d', () => ({ is: 'doubt' })),
  rule('часу? (дня|ночи)', (m) => clock(1, 0, m[1])),
  rule('час(?! ?(?:пик|по ))|часу|часа', (_, atoms) => {
    const relation = relationOf(atoms.at(-1))
    const earlier = atoms.at(-2)
    const amount = atoms.at(-3)
    const counted = amount?.is === 'number' || (amount?.is === 'word' && /^\d/.test(amount.text))
    const perHour = earlier?.is === 'number' || (earlier?.is === 'word' && counted)
    return relation && !(relation === 'at' && perHour) ? clock(1, 0) : null
  }),
  rule('полдень|полудню|полудня|полудне|полуднем', () => clock(12, 0, 'дня')),
  rule('полночь|полуночи|полуночью', () => clock(24, 0)),
]

const PREPOSITIONS: Record<string, Relation> = {
  к: 'by',
  около: 'about',
  до: 'before',
  после: 'after',
  с: 'from',
}

function keepPreposition(text: string, made: Atom): Atom[] {
  const relation = PREPOSITIONS[text.split(' ')[0]!]
  return relation ? [{ is: 'relation', relation }, made] : [made]
}

function is24(hour: string): boolean {
  return hour.startsWith('0') || Number(hour) > 12
}
