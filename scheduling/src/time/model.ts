/** A day as it was named; weekdays are 1 = Monday .. 7 = Sunday. */
export type Day =
  /** `named`: said as "tomorrow", which after midnight may mean the coming day. `unsure`: another possible offset. */
  | { is: 'offset'; days: number; named?: boolean; unsure?: number; business?: boolean }
  | { is: 'months'; months: number; days?: number }
  | {
      is: 'weekday'
      weekday: number
      which?: 'this' | 'next'
      week?: number
      plusDays?: number
      unsure?: boolean
    }
  | {
      is: 'date'
      day: number
      month?: number
      year?: number
      /** Months from the present one, instead of its name. */
      monthOffset?: number
      /** Said beside it: the date must be such a day. */
      weekday?: number
      other?: { day: number; month: number }
    }
  /** The n-th such weekday of a month, or day of it when no weekday was said; -1 is the last one. */
  | {
      is: 'nth'
      n: number
      weekday?: number
      month?: number
      nextMonth?: boolean
      year?: number
      workday?: boolean
    }
  /** `never`: a date that no calendar has. */
  | { is: 'past'; never?: true }
  | { is: 'after'; day: Day }

/**
 * A time of day as it was said. `half` is the word beside it (утра, pm), `written24` a form only the 24-hour clock has,
 * `digital` written with minutes in a country of the 24-hour clock, `other` a second reading of the same words.
 */
export type Clock = {
  h: number
  m: number
  /** A bare number after a weekday: its day of the month, when that is the same. */
  afterWeekday?: boolean
  half?: 'am' | 'pm' | 'day' | 'evening' | 'night'
  written24?: boolean
  digital?: boolean
  other?: { h: number; m: number }
}

/**
 * Hours of a part of the day, in minutes of the day; `open` when only its end was said (до обеда), `each` when that of
 * every day was (evenings).
 */
export type Part = { from: number; to: number; half?: Clock['half']; open?: boolean; each?: true }

/** Said of a day, so that the hours of another one are not shared with it. */
export const ALL_DAY: Atom = { is: 'part', part: { from: 0, to: 1440 } }

/** Several days: a week, weekend or month counted from the present one, or a named month. */
export type Span = {
  /** `days` and `workdays` are those of the coming seven. */
  unit: 'days' | 'workdays' | 'week' | 'weekend' | 'month' | 'quarter' | 'season' | 'year'
  /** From the present one; of years when its month has a name. */
  offset: number
  /** Its first month, when it has a name. */
  month?: number
  year?: number
  part?: 'early' | 'mid' | 'late' | 'twenties' | 'first' | 'second' | 'rest' | 'before' | 'after' | 'from'
  unsure?: boolean
  /** The week that has this day. */
  around?: Day
}

/** Time counted from now. `to` when a range was said ("in 2-3 hours", "within an hour"). */
export type Elapsed = { minutes: number; to?: number; days?: number; months?: number }

/** One end of a stretch that goes on over several days; without a time it is the whole day or its edge. */
export type Edge = { day: Day; clock?: Clock; part?: Part }

/**
 * `others`: letters that several zones have; the first one where neither side lives in one of them. `season`: letters that say whether
 * the clocks are put forward.
 */
export type Zone =
  /** `home`: where they said that they are. */
  | { tz: string; others?: string[]; season?: 'winter' | 'summer'; home?: boolean }
  | { whose: 'mine' | 'yours' }

/** `by`: about that time, or up to the end of that day. `until`: up to that time, or to the end of that day. */
export type Relation = 'at' | 'about' | 'by' | 'until' | 'after' | 'before' | 'from' | 'to' | 'between'

/** What one piece of text says; the lexer gives a list of these, in the order of the text. */
export type Atom =
  | { is: 'day'; day: Day; approx?: boolean }
  | { is: 'days'; from?: Day; to?: Day; exclusive?: boolean; approx?: boolean }
  | { is: 'clock'; clock: Clock; approx?: boolean; alone?: boolean }
  | { is: 'clocks'; from?: Clock; to?: Clock; approx?: boolean }
  | { is: 'part'; part: Part; approx?: boolean }
  | { is: 'span'; span: Span; approx?: boolean }
  | { is: 'elapsed'; elapsed: Elapsed; approx?: boolean }
  /** From a time of one day to a time of another. */
  | { is: 'stretch'; from: Edge; to: Edge; exclusive?: boolean; approx?: boolean }
  | { is: 'zone'; zone: Zone }
  | { is: 'number'; value: number; text: string }
  | { is: 'relation'; relation: Relation }
  | { is: 'join'; join: 'or' | 'and' | 'dash' | 'comma' }
  /** "no, ...": what follows replaces what was said. */
  | { is: 'correction' }
  /** "cannot", "busy": the times of this clause are not wanted. */
  | { is: 'refusal' }
  /** "Then I am free": from the end of what was said last. */
  | { is: 'afterwards' }
  /** What was done at a time ("you called"): unless its clause says that it is over, ask. */
  | { is: 'mention' }
  /** "not on ...": only the next time is not wanted. `instead`: what comes after it is wanted in its place. */
  | { is: 'not'; instead?: true }
  /** The times beside it may be no wish ("I finish at 6", "every Monday"): ask. */
  | { is: 'doubt' }
  | { is: 'stop' }
  | { is: 'word'; text: string }

/** Days 1 to 7 of a month. */
export function firstWeek(month: number, year: number | undefined): Atom {
  const day = (date: number): Day => ({ is: 'date', day: date, month, year })
  return { is: 'days', from: day(1), to: day(7), approx: true }
}

/** One reading rule: a pattern tried at a word's start, and what it means (null: it does not apply here). */
export type Rule = { pattern: RegExp; read: (match: string[], before: Atom[]) => Atom | Atom[] | null }

export type Grammar = {
  lang: 'ru' | 'en'
  rules: Rule[]
  /** Value of a number word, undefined when it is none. */
  numberWord: (word: string) => number | undefined
  /** Words that may follow a bare hour when no day is named. */
  afterHour: RegExp
  /** Words that make the number before them a quantity. */
  quantity: RegExp
  /** Words of the language of time: beside a reading that does not use them they make it doubtful. */
  timeWord: RegExp
  /** Words that people speak of a meeting with; a last moment ("by 5") beside others may be one of something else. */
  meeting: RegExp
  /** Words that a condition, a habit or a slip hangs on: beside a reading that does not use them they make it doubtful. */
  caution: RegExp
  /** Words that deny; in the clause of a reading that does not use them they make it doubtful. */
  denial: RegExp
  typos: (word: string) => string
  /** Other ways to write or order the same words. */
  rewrites: [pattern: RegExp, replacement: string][]
}

const NUMERAL_GOES_ON = '(?<=\\d)(?:[.:/]\\d|-?(?:го|ого|е|ое|му|ому|й|ый|я|ая|м|th|nd|rd|st)(?!\\p{L}))'

/** A rule from the source of a pattern; the match must end at a word's end, and not inside "24-го" or "14.12". */
export function rule(source: string, read: Rule['read']): Rule {
  return { pattern: new RegExp(`(?:${source})(?![\\p{L}\\d]|${NUMERAL_GOES_ON})`, 'yu'), read }
}
