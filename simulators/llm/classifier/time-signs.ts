import { phrase, plain } from './phrase.ts'

/** What a text says of a time, enough to compare a wish with the label of an offer. An empty list says nothing. */
export type TimeSigns = {
  /** 0 is Sunday. */
  weekdays: number[]
  /** Minutes after midnight; a bare "в 3" stands for both halves of the day. */
  clocks: number[]
  /** Days of the month. */
  dates: number[]
  /** First and last minute of a part of the day. */
  dayPart: [number, number] | undefined
}

const weekdayWords: [number, RegExp][] = [
  [1, phrase(['понедельник*', 'пн', 'mondays?', 'mon'])],
  [2, phrase(['вторник*', 'вт', 'tuesdays?', 'tues?'])],
  [3, phrase(['сред[ауые]', 'ср', 'wednesdays?', 'wed'])],
  [4, phrase(['четверг*', 'чт', 'thursdays?', 'thu(rs?)?'])],
  [5, phrase(['пятниц*', 'пт', 'fridays?', 'fri'])],
  [6, phrase(['суббот*', 'сб', 'saturdays?', 'sat'])],
  [0, phrase(['воскресень*', 'вс', 'sundays?', 'sun'])],
]
const dayWords: [number, RegExp][] = [
  [0, phrase(['сегодня', 'today', 'tonight'])],
  [1, phrase(['завтра', '(?<!the day after )tomorrow'])],
  [2, phrase(['послезавтра', 'the day after tomorrow'])],
]
const dayParts: [[number, number], RegExp][] = [
  [[0, 719], phrase(['утром', 'с утра', 'утра', 'до обеда', 'morning'])],
  [[720, 1019], phrase(['днем', 'после обеда', 'во второй половине дня', 'afternoon'])],
  [[1020, 1439], phrase(['вечером', 'вечера', 'evening'])],
]
const hourWords: [number, RegExp][] = (
  [
    ['(?:в|к) (?:час дня|час)', 13],
    ['(?:в|к) два', 14],
    ['(?:в|к) три', 15],
    ['(?:в|к) четыре', 16],
    ['(?:в|к) пять', 17],
    ['(?:в|к) шесть', 18],
    ['(?:в|к) десять', 10],
    ['(?:в|к) одиннадцать', 11],
    ['(?:в|к) двенадцать|полдень|noon|midday', 12],
    ['at two', 14],
    ['at three', 15],
    ['at four', 16],
    ['at five', 17],
    ['at ten', 10],
    ['at eleven', 11],
  ] as [string, number][]
).map(([words, hour]) => [hour, phrase([words])])

const clock =
  /(?<![\p{L}\p{N}.])(?<at>(?:в|к|at)\s+)?(?<h>\d{1,2})(?:[:.\s-](?<m>[0-5]\d))?(?:\s*(?<half>am|pm|утра|дня|вечера|часов|часа|час))?(?![\p{L}\p{N}/])(?!\.\d|-го)/giu
const date =
  /(?<![\p{L}\p{N}:])(?<d>\d{1,2})(?:\.(?:0[1-9]|1[0-2])(?!\d)|-?го|(?:st|nd|rd|th)|(?:-?го)?\s+(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?\s+(?<d2>\d{1,2})(?![\d:])/giu

/** @param today weekday of today in the conversation's zone, 0 is Sunday: what "завтра" counts from */
export function timeSigns(original: string, today: number): TimeSigns {
  const text = plain(original)
  const dates: number[] = []
  const rest = text.replace(date, (match, ...groups) => {
    const named = groups.at(-1) as { d?: string; d2?: string }
    dates.push(Number(named.d ?? named.d2))
    return ' '.repeat(match.length)
  })
  const clocks = [...rest.matchAll(clock)].flatMap((match) => minutesOf(match.groups ?? {}))
  if (clocks.length === 0)
    clocks.push(...hourWords.filter(([, words]) => words.test(text)).map(([hour]) => hour * 60))
  return {
    weekdays: [
      ...weekdayWords.filter(([, words]) => words.test(text)).map(([day]) => day),
      ...dayWords.filter(([, words]) => words.test(text)).map(([ahead]) => (today + ahead) % 7),
    ],
    clocks,
    dates,
    dayPart: clocks.length ? undefined : dayParts.find(([, words]) => words.test(text))?.[0],
  }
}

function minutesOf({ at, h, m, half }: { at?: string; h?: string; m?: string; half?: string }): number[] {
  const hour = Number(h)
  if (hour > 23 || !(at || m || half)) return []
  const minutes = hour * 60 + Number(m ?? 0)
  const evening = minutes + 720
  if (/^(pm|дня|вечера)$/i.test(half ?? '')) return [hour < 12 ? evening : minutes]
  if (/^(am|утра)$/i.test(half ?? '')) return [hour === 12 ? minutes - 720 : minutes]
  return hour >= 1 && hour <= 7 ? [minutes, evening] : [minutes]
}

export const saysTime = (signs: TimeSigns) =>
  signs.weekdays.length + signs.clocks.length + signs.dates.length > 0 || signs.dayPart !== undefined

/** Whether all that the wish says agrees with the label. What the label leaves open agrees with nothing. */
export function fits(wish: TimeSigns, label: TimeSigns): boolean {
  const meets = (asked: number[], given: number[]) =>
    !asked.length || asked.some((one) => given.includes(one))
  const [from, to] = wish.dayPart ?? [0, 1439]
  return (
    meets(wish.weekdays, label.weekdays) &&
    meets(wish.clocks, label.clocks) &&
    meets(wish.dates, label.dates) &&
    (!wish.dayPart || label.clocks.some((minute) => minute >= from && minute <= to))
  )
}

/** Weekday of an instant in a zone, 0 is Sunday; of the real now when either is unreadable. */
export function weekdayOf(iso: string, timeZone: string): number {
  const instant = new Date(iso)
  const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  try {
    return names.indexOf(new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone }).format(instant))
  } catch {
    return new Date().getUTCDay()
  }
}
