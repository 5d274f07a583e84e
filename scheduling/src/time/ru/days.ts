import { isDayOfMonth, wordIndex, year } from '../calendar-words.ts'
import { rule, type Atom, type Day, type Rule } from '../model.ts'
import { numericDateRules } from '../numeric-dates.ts'
import { NUMBER, ORDINAL, ordinal } from './numbers.ts'

const WEEKDAYS = [
  'понедельник\\p{L}{0,3}|понед|пнд?',
  'вторник\\p{L}{0,3}|втор|втр?',
  'сред[ауыеой]|средой|средам|срд?(?!\\.? ?(?:чек|зп|зарплат|цен|стоимост|срок|балл|значени|оценк|доход|показател|конверс|ставк))',
  'четверг\\p{L}{0,3}|четв|чтв?',
  'пятниц\\p{L}{0,3}|пятн|птн|птц|пт',
  'суббот\\p{L}{0,3}|суб|сбт?',
  'воскресень\\p{L}{0,3}|воскр|вскр|вск?',
]
export const MONTHS = [
  'янв(?:ар[ьяею])?',
  'фев(?:р(?:ал[ьяею])?)?',
  'март[аеу]?|мар',
  'апр(?:ел[ьяею])?',
  'ма[йяею]',
  'июн[ьяею]?',
  'июл[ьяею]?',
  'авг(?:уст[аеу]?)?',
  'сен(?:т(?:ябр[ьяею])?)?',
  'окт(?:ябр[ьяею])?',
  'ноя(?:б(?:р[ьяею])?)?',
  'дек(?:абр[ьяею])?',
]
export const MONTH = `(${MONTHS.join('|')})\\.?`
export const monthOf = (word: string): number => wordIndex(MONTHS, word) + 1

const WEEKDAY = `(${WEEKDAYS.join('|')})`
const weekdayOf = (word: string): number => wordIndex(WEEKDAYS, word) + 1
const YEAR = '(?:,? (20\\d\\d)(?: ?г(?:ода|од|\\.)?)?)?'
const DAY_NUMBER = `(${ORDINAL}|\\d{1,2}(?:-?(?:го|ого|е|ое|му)|\\.(?= ?\\p{L}))?)`

const day = (value: Day): Atom => ({ is: 'day', day: value })
const offset = (days: number): Atom => day({ is: 'offset', days, named: true })
const dayNumber = (text: string): number => (/^\d/.test(text) ? Number.parseInt(text, 10) : ordinal(text))

function date(dayOfMonth: number, month?: number, yearDigits?: string): Atom | null {
  // A date that no calendar has: nothing, and not its time on another day.
  if (!isDayOfMonth(dayOfMonth, month ?? 1))
    return dayOfMonth > 31 || month === undefined || month > 12 ? null : day({ is: 'past', never: true })
  return day({ is: 'date', day: dayOfMonth, month, year: year(yearDigits) })
}

function weekday(word: string, which: string, before: Atom[]): Atom | null {
  const last = before.at(-1)
  // "среда" is also an environment: "среды" and "среде" are days only after the prepositions of time.
  const relation =
    last?.is === 'relation'
      ? last.relation
      : last?.is === 'not' ||
          (last?.is === 'join' && before.at(-2)?.is === 'day') ||
          last?.is === 'clock' ||
          last?.is === 'part'
        ? 'from'
        : 'at'
  if (/^сред[ыей]/.test(word) && relation === 'at') return null
  // Two letters are a weekday only where one is expected.
  const asks =
    last?.is === 'word' && (last.text === '' || /[\d(]/u.test(last.text) || MEETING_WORD.test(last.text))
  if (word.length <= 2 && last?.is === 'word' && !asks) return null
  if (/^(?:прошл|поза|предыдущ|минувш)/.test(which)) return day({ is: 'past' })
  return day({
    is: 'weekday',
    weekday: weekdayOf(word),
    which: /^(?:след|будущ)/.test(which) ? 'next' : which.startsWith('эт') ? 'this' : undefined,
    unsure: word.endsWith('ам') || undefined,
  })
}

/** After these a weekday may follow without a preposition. */
const MEETING_WORD =
  /^(?:дава|мож|могу|смог|смож|лучше|только|тогда|удоб|неудоб|свобод|если|готов|встре|созв|позв|набер|перен|запи|хочу|хотел|например|допустим|скажем|наверн|ну|ок|да|нет|ближайш|же?|а|но|тоже|еще|любой|устро|подо?йд)/u

const AFTER_SREDA =
  '(?= ?(?:$|[.,!?;:)\\d-]|(?:подойд|подход|удобн|ок|норм|или|и |тоже|можно|устро|пойдет|будет|в |во |с |со |после|до |на |утр|веч|дн[её]м|лучше|где|около|если|свободн|тогда|час(?:ов|иков|а)?(?!\\p{L})|часик|никак|не (?:подойд|подход|удобн|получ|вариант|могу|сможе)|вам |вас |могу|можем|сможе|занят|ближе|полов|пол(?:перв|втор|треть|четв|пят|шест|седьм|восьм)|ровно|примерно|мимо|отпада|годится|давай|к |весь|целый|отличн|хорош)))'
const WHICH = '((?:эт|следующ|след|будущ|ближайш|поза-?прошл|прошл|предыдущ|минувш)\\p{L}*\\.? )?'

/** Named days: relative ones, weekdays, dates. */
export const dayRules: Rule[] = [
  rule('(?:позавчера|вчера)(?:шн\\p{L}+)?', () => day({ is: 'past' })),
  rule(
    '(?:в |на |во )?(?:поза-?прошл|прошл|предыдущ|минувш)\\p{L}+ (?:недел[еиюя]|месяц[еа]?|год[уа]?|выходные|выходных|раз)',
    () => day({ is: 'past' }),
  ),
  rule(
    `(?:${NUMBER} )?(?:минут\\p{L}*|час\\p{L}*|день|дня|дней|недел\\p{L}+|месяц\\p{L}*|год|года|лет) назад`,
    () => day({ is: 'past' }),
  ),
  rule('после[ -]?после[ -]?завтра', () => offset(3)),
  rule('после[ -]?завтра(?:шн\\p{L}+(?: д(?:ень|ня|ню))?)?', () => offset(2)),
  rule('завтра(?:шн\\p{L}+(?: д(?:ень|ня|ню))?)?', () => offset(1)),
  rule('сегодня(?:шн\\p{L}+(?: д(?:ень|ня|ню))?)?', () => offset(0)),
  rule(
    `(?:в |во )?(перв|втор|трет|четверт|последн|[1-4]-?)(?:ый|ой|ий|ую|ая|яя|ью|ья|юю|ье|ее|ое|ого|ей|й|я|ю|е) ${WEEKDAY} (?:${MONTH}${YEAR}|(следующего |этого )?месяца)`,
    (m) =>
      day({
        is: 'nth',
        n: Number.parseInt(m[1]!, 10) || ['перв', 'втор', 'трет', 'четверт'].indexOf(m[1]!) + 1 || -1,
        weekday: weekdayOf(m[2]!),
        month: m[3] ? monthOf(m[3]) : undefined,
        year: year(m[4]),
        nextMonth: m[5]?.startsWith('след') || undefined,
      }),
  ),
  rule(`(?:в |во )?последн(?:ий|юю|яя|ее) ${WEEKDAY} года`, (m) =>
    day({ is: 'nth', n: -1, weekday: weekdayOf(m[1]!), month: 12 }),
  ),
  rule(
    `(?:в )?(последн|перв)(?:ий|его|ему|ый|ого|ому) (рабоч(?:ий|его|ему) )?д(?:ень|ня|ню) (?:${MONTH}${YEAR}|(следующего |этого )?месяца)`,
    (m) =>
      day({
        is: 'nth',
        n: m[1] === 'перв' ? 1 : -1,
        workday: m[2] !== '' || undefined,
        month: m[3] ? monthOf(m[3]) : undefined,
        year: year(m[4]),
        nextMonth: m[5]?.startsWith('след') || undefined,
      }),
  ),
  rule(`(?:на |в )?недел[юеяи] (?:с |от |начиная с )?${DAY_NUMBER} ${MONTH}${YEAR}`, (m) => {
    const made = date(dayNumber(m[1]!), monthOf(m[2]!), m[3])
    return made?.is === 'day' && made.day.is === 'date'
      ? { is: 'span', span: { unit: 'week', offset: 0, around: made.day } }
      : null
  }),
  rule('черн(?:ая|ую|ой) пятниц[ауы]', () => [
    { is: 'doubt' },
    day({ is: 'after', day: { is: 'nth', n: 4, weekday: 4, month: 11 } }),
  ]),
  rule('(?:под|накануне) нов(?:ый год|ого года)', () => day({ is: 'date', day: 31, month: 12 })),
  rule('на нов(?:ый|ого) год', () => [{ is: 'doubt' }, day({ is: 'date', day: 1, month: 1 })]),
  rule('(?:после |на |в |до )?рождеств\\p{L}*', () => [
    { is: 'doubt' },
    day({ is: 'date', day: 7, month: 1 }),
  ]),
  rule('(?:на |в |после |до )?майски\\p{L}*(?: праздник\\p{L}*)?', () => [
    { is: 'doubt' },
    { is: 'days', from: { is: 'date', day: 1, month: 5 }, to: { is: 'date', day: 9, month: 5 } },
  ]),
  rule('пасх\\p{L}|(?:после|до) (?:новогодних )?праздников', () => ({
    is: 'doubt',
  })),
  rule(`среда${AFTER_SREDA}`, (_, before) => {
    const last = before.at(-1)
    return last?.is === 'word' && /(?:ая|яя)$/.test(last.text) ? null : day({ is: 'weekday', weekday: 3 })
  }),
  rule('среда', () => ({ is: 'word', text: 'среда' })),
  rule(`${WHICH}${WEEKDAY}(?:\\.(?= |\\d))?`, (m, before) => weekday(m[2]!, m[1]!, before)),
  // The night between them, or one moved to the other?
  rule(`(?:в ночь )?с(?:о)? ${DAY_NUMBER} на ${DAY_NUMBER} (?:${MONTH}|числа|число)${YEAR}`, (m) => {
    const days = dayRange(m[1]!, m[2]!, m[3]!, m[4])
    return days && [{ is: 'doubt' }, days]
  }),
  rule(`с(?:о)? ${DAY_NUMBER} (?:по|до) ${DAY_NUMBER} (?:${MONTH}|числа|число)${YEAR}`, (m) =>
    dayRange(m[1]!, m[2]!, m[3]!, m[4]),
  ),
  rule(
    `с(?:о)? (${ORDINAL}|\\d{1,2}-?(?:го|ого)) (?:по|до) (${ORDINAL}|\\d{1,2}-?(?:го|ого|е|ое))(?! час)`,
    (m) => dayRange(m[1]!, m[2]!, ''),
  ),
  rule(
    `(?:между|(?:в )?(?:промежут\\p{L}+|интервал\\p{L}*)(?: между)?) ${DAY_NUMBER} и ${DAY_NUMBER} (?:${MONTH}|числами|числом)${YEAR}`,
    (m) => dayRange(m[1]!, m[2]!, m[3]!, m[4]),
  ),
  ...numericDateRules({ from: 'с|со|от|в период с', between: 'между', joints: 'по|до', and: 'и' }),
  rule(`${DAY_NUMBER} ?- ?${DAY_NUMBER} (?:${MONTH}|числа|число)${YEAR}`, (m) =>
    dayRange(m[1]!, m[2]!, m[3]!, m[4]),
  ),
  rule(
    `(${DAY_NUMBER}(?:(?:, ?| (?:и|или|либо) )${DAY_NUMBER})+) (?:${MONTH}${YEAR}|числ[ао])`.replaceAll(
      DAY_NUMBER,
      DAY_NUMBER.replace('(', '(?:'),
    ),
    (m, before) =>
      // "В 10, 11 декабря"
      m[1]!.includes(',') && before.at(-1)?.is === 'relation'
        ? null
        : datesOf(m[1]!, m[2] ? monthOf(m[2]) : undefined, m[3]),
  ),
  rule(`${DAY_NUMBER} ?${MONTH}${YEAR}`, (m) => date(dayNumber(m[1]!), monthOf(m[2]!), m[3])),
  rule(`${DAY_NUMBER}(?: числ[ао])? (следующего|этого|текущего) месяца`, (m) =>
    day({ is: 'date', day: dayNumber(m[1]!), monthOffset: m[2] === 'следующего' ? 1 : 0 }),
  ),
  rule(`${DAY_NUMBER} числ[ао]`, (m) => date(dayNumber(m[1]!))),
  // "числа 25-го": about that day.
  rule('числа (\\d{1,2})(?:-?го)?(?: ?- ?(\\d{1,2})(?:-?го)?)?', (m) => {
    const [from, to] = [date(Number(m[1])), date(Number(m[2]))]
    if (from?.is === 'day' && to?.is === 'day' && Number(m[1]) < Number(m[2]))
      return { is: 'days', from: from.day, to: to.day, approx: true }
    return m[2] === '' && from?.is === 'day' ? { ...from, approx: true } : null
  }),
  rule('(\\d{1,2})-?(?:го|ого|е|ое|му|ому)', (m) => date(Number(m[1]))),
  rule(
    `(${ORDINAL})(?= ?(?:$|[.,!?;)]|(?:в|во|с|после|до|утром|днем|вечером|около|или|и|к|на) ))`,
    (m, before) => {
      const last = before.at(-1)
      const expected =
        last === undefined || last.is === 'relation' || last.is === 'join' || last.is === 'correction'
      return expected && m[1]!.endsWith('го') ? date(ordinal(m[1]!)) : null
    },
  ),
  rule('(20\\d\\d)[-/.](\\d{1,2})[-/.](\\d{1,2})', (m) => date(Number(m[3]), Number(m[2]), m[1])),
  rule('(\\d{1,2})([./])(\\d{1,2})(?:\\2((?:20)?\\d\\d))?(?: ?г(?:ода|\\.)?|-?го)?', (m, before) => {
    const last = before.at(-1)
    const afterAt = last?.is === 'relation' && last.relation !== 'about'
    const [first, second] = [Number(m[1]), Number(m[3])]
    // "в 10.12" is a time, "10.12 в 10" a date.
    // "10.5" after a word is a number.
    if (last?.is === 'word' && m[2] === '.' && !m[4] && m[3]!.length === 1) return null
    // "до 15.12": nobody says twelve minutes past; "в 15.12" somebody may.
    const isDate =
      last?.is === 'relation' &&
      last.relation !== 'at' &&
      before.at(-2)?.is !== 'day' &&
      second % 5 > 0 &&
      second <= 12
    const clock =
      !isDate &&
      (first < 24 || second === 0) &&
      first <= 24 &&
      /^[0-5]\d$/.test(m[3]!) &&
      !m[4] &&
      m[2] === '.'
    if (clock && (afterAt || second > 12 || second === 0)) return null
    if (first === 0 || first > 31) return null
    // "5/2" is also how people work.
    const made = date(first, second, m[4])
    return made && m[2] === '/' && !m[4] && first < 10 && second < 10 ? [{ is: 'doubt' }, made] : made
  }),
  rule('(?:до|после) нового года', (m) =>
    m[0]!.startsWith('до')
      ? { is: 'days', to: { is: 'date', day: 1, month: 1 }, exclusive: true }
      : { is: 'days', from: { is: 'date', day: 2, month: 1 } },
  ),
]

/** "8, 9 и 11": each of them; null when one is no day. */
function datesOf(text: string, month: number | undefined, yearDigits: string | undefined): Atom[] | null {
  const dates = text.split(/, ?| (?:и|или|либо) /u).map((one) => date(dayNumber(one), month, yearDigits))
  const named = dates.filter((made) => made?.is === 'day' && made.day.is === 'date')
  if (named.length < dates.length) return null
  return named
    .flatMap((made) => (made ? [made, { is: 'join' as const, join: 'or' as const }] : []))
    .slice(0, -1)
}

function dayRange(first: string, last: string, monthWord: string, yearDigits?: string): Atom | null {
  const month = monthWord ? monthOf(monthWord) : undefined
  const [from, to] = [dayNumber(first), dayNumber(last)]
  if (!isDayOfMonth(from, month ?? 1) || !isDayOfMonth(to, month ?? 1) || from >= to) return null
  const inYear = year(yearDigits)
  return {
    is: 'days',
    from: { is: 'date', day: from, month, year: inYear },
    to: { is: 'date', day: to, month, year: inYear },
  }
}
