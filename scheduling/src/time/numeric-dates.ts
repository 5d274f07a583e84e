import { isDayOfMonth, year } from './calendar-words.ts'
import { rule, type Atom, type Day, type Rule } from './model.ts'

const YEAR = '((?:20)?\\d\\d)'
const YEAR_WORD = '(?: ?г(?:ода|\\.)?(?!\\p{L}))?'

type DayDate = Extract<Day, { is: 'date' }>

/**
 * Dates in digits that both languages write the same way, where the digits alone could be clocks: "24-25.11",
 * "с 24.11 по 25.11", "14.12. - 16.12.2026", "26-11-2026", "12.2026". `from` and `joints` are the words around a range,
 * `and` the word that joins it after "between".
 */
export function numericDateRules(words: {
  from: string
  between: string
  joints: string
  and: string
}): Rule[] {
  const first = `(\\d{1,2})(?:\\.(\\d{1,2}))?(?:\\.${YEAR})?(\\.)?`
  const last = `(\\d{1,2})\\.(\\d{1,2})(?:\\.${YEAR}${YEAR_WORD})?(\\.(?=$|[ ,!?;)]))?`
  return [
    rule(
      `(?:(?:${words.from}) )?${first} ?(?:(${words.joints})|[-/])(?: ?(?:${words.joints}))? ?${last}`,
      ([, d1, m1, y1, dot1, joint, d2, m2, y2, dot2], before) =>
        range(
          [Number(d1), Number(m1), year(y1)],
          [Number(d2), Number(m2), year(y2)],
          {
            written: `${m1} ${m2}`,
            isDate: Boolean(y1 || y2 || dot1 || (dot2 && m1 === '')),
            joint: joint ?? '',
          },
          before,
        ),
    ),
    rule(
      `(?:${words.between}) ${first} (?:${words.and}) ${last}`,
      ([, d1, m1, y1, dot1, d2, m2, y2], before) =>
        range(
          [Number(d1), Number(m1), year(y1)],
          [Number(d2), Number(m2), year(y2)],
          { written: `${m1} ${m2}`, isDate: Boolean(y1 || y2 || dot1), joint: '' },
          before,
        ),
    ),
    // "14.12. в 10": the last dot says that it is a date.
    rule('(\\d{1,2})\\.(\\d{1,2})\\.(?= (?:\\d|[-,]|\\p{L}))', ([, day, month]) =>
      single(Number(day), Number(month)),
    ),
    rule(
      `(\\d{1,2})-(\\d{1,2})-${YEAR}${YEAR_WORD}`,
      ([, day, month, digits]) =>
        single(Number(day), Number(month), year(digits)) ?? single(Number(month), Number(day), year(digits)),
    ),
    rule(`(\\d{1,2})[./](20\\d\\d)${YEAR_WORD}`, ([, month, digits]) =>
      Number(month) >= 1 && Number(month) <= 12
        ? { is: 'span', span: { unit: 'month', offset: 0, month: Number(month), year: year(digits) } }
        : null,
    ),
  ]
}

function single(day: number, month: number, inYear?: number): Atom | null {
  return isDayOfMonth(day, month) ? { is: 'day', day: { is: 'date', day, month, year: inYear } } : null
}

type Numbers = [day: number, month: number, year: number | undefined]

function range(
  [d1, saidMonth, saidYear]: Numbers,
  [d2, m2, y2]: Numbers,
  said: { written: string; isDate: boolean; joint: string },
  before: Atom[],
): Atom | Atom[] | null {
  const m1 = saidMonth || m2
  if (!isDayOfMonth(d1, m1) || !isDayOfMonth(d2, m2)) return null
  const y1 = saidYear ?? (y2 !== undefined && m1 > m2 ? y2 - 1 : y2)
  if (m1 === m2 && y1 === y2 && d1 >= d2) return null
  const from: DayDate = { is: 'date', day: d1, month: m1, year: y1 }
  const to: DayDate = { is: 'date', day: d2, month: m2, year: y2 }
  const days: Atom = { is: 'days', from, to }
  // The same digits as hours and minutes: people say those by fives, and with two digits.
  const couldBeClocks =
    !said.isDate && d1 <= 24 && d2 <= 24 && m2 % 5 === 0 && /(?:^|\d\d) \d\d$/u.test(said.written)
  if (said.written.length < 3 && !said.isDate) return null
  if (!couldBeClocks || said.joint === 'по') return days
  const named = before.findLast((atom) => atom.is !== 'relation')
  return named?.is === 'day' || named?.is === 'part' ? null : [{ is: 'doubt' }, days]
}
