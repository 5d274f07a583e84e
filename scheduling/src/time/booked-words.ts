import { DAY } from '../slots/open-hours.ts'
import { wallAt } from '../zone.ts'
import type { Booked } from './booked-day.ts'
import { NUMBER as ENGLISH_NUMBER } from './en/numbers.ts'
import { lex } from './lex.ts'
import type { Atom, Grammar } from './model.ts'
import { NUMBER as RUSSIAN_NUMBER } from './ru/numbers.ts'

const MINUTE = 60_000
const START = '(?<![\\p{L}\\d])'
const END = '(?![\\p{L}\\d])'

/** How a language speaks of a meeting that both sides know. `shift` has the groups of Found. */
type BookedWords = {
  sameTime: RegExp
  sameDay: RegExp
  shift: RegExp
  isEarlier: RegExp
  at: string
  fromNow: (amount: string) => string
}

const RUSSIAN_AMOUNT = `(?:(?:${RUSSIAN_NUMBER}|полтора|полутора) (?:час(?:а|ов)?|минут[уы]?|мин\\.?|день|дня|дней|недел[юиь])|полчас(?:а|ика?)|час(?:ом|ика?)?|день|неделю)`
const RUSSIAN_SIDE = '(?:по)?(?:позже|позднее|раньше|ранее)'

/** What makes the amount after it a part of a larger one: "1 hour 30 minutes", "2 or 3 hours". */
const LARGER = new RegExp(
  `(?:${START}(?:${RUSSIAN_NUMBER}|${ENGLISH_NUMBER}|пар[ау]|пару-тройку|половин[ау]|час\\p{L}*|дн\\p{L}+|день|недел\\p{L}+|half|couple(?: of)?|few|hours?|hrs?|days?|weeks?)|\\d) ?(?:[-/,.]|or|to|and|или|и|до)? ?(?:на )?$`,
  'u',
)
const ENGLISH_AMOUNT = `(?:(?:${ENGLISH_NUMBER}|an?|half an|an? (?:half|quarter) of an) (?:minutes?|mins?|hours?|hrs?|days?|weeks?)|\\d{1,3}-?(?:minutes?|mins?|hours?|hrs?|h))`
const ENGLISH_SIDE = '(?:later|earlier|sooner)'

const words: Record<Grammar['lang'], BookedWords> = {
  ru: {
    sameTime: new RegExp(`${START}в (?:то|это) же (?:самое )?время${END}`, 'gu'),
    sameDay: new RegExp(`${START}в (?:тот|этот) же (?:самый )?день${END}`, 'gu'),
    shift: new RegExp(
      `${START}(?:на )?(${RUSSIAN_AMOUNT}) (${RUSSIAN_SIDE})${END}(?!,? чем| или ${RUSSIAN_SIDE})|${START}(${RUSSIAN_SIDE}) на (${RUSSIAN_AMOUNT})${END}`,
      'gu',
    ),
    isEarlier: /раньше|ранее/u,
    at: 'в',
    // "Через день" is the day after tomorrow.
    fromNow: (amount) =>
      `через ${amount
        .replace(/^день$/u, '1 день')
        .replace(/полчасика?/u, 'полчаса')
        .replace(/час(?:ом|ика?)$/u, 'час')}`,
  },
  en: {
    sameTime: new RegExp(`${START}(?:at )?(?:the )?same (?:time|hour)${END}`, 'gu'),
    sameDay: new RegExp(`${START}(?:on )?(?:the |that )?same day${END}`, 'gu'),
    shift: new RegExp(
      `${START}(?:by |to )?(${ENGLISH_AMOUNT}) (${ENGLISH_SIDE})${END}(?! than| or ${ENGLISH_SIDE})|${START}(${ENGLISH_SIDE}) by (${ENGLISH_AMOUNT})${END}`,
      'gu',
    ),
    isEarlier: /earlier|sooner/u,
    at: 'at',
    fromNow: (amount) => `in ${amount}`,
  },
}

type Group = string | undefined
type Found = [amount: Group, side: Group, sideBefore: Group, amountAfter: Group, place: number, text: string]

/**
 * Normalised words in which what is counted from a booked meeting ("an hour later", "the same time") stands as the hour or
 * the day that it means. An amount that is not exact, or leads to another day, stays as it was said, which is in doubt.
 * So does everything while other times are offered: "an hour later" than which?
 * @param booked times in ms; read by the clock of `tz`
 */
export function nameBooked(
  said: string,
  { at, offered, tz }: Booked & { tz: string },
  [grammar, other]: [Grammar, Grammar],
): string {
  const say = words[grammar.lang]
  // What a lead's words were cut to: "move it | to 4pm".
  const text = grammar.lang === 'en' ? said.replace(/^(?:back )?to /u, 'at ') : said
  if (offered.length > 0) return text
  const wall = wallAt(tz, at)
  const clock = (ms: number): string => `${say.at} ${new Date(ms).toISOString().slice(11, 16)}`
  const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  return text
    .replace(say.sameTime, () => clock(wall))
    .replace(say.sameDay, () => date(wall))
    .replace(say.shift, (whole: string, ...found: Found) => {
      const [amount, side, sideBefore, amountAfter, place] = found
      const [first, second] = amount === undefined ? [amountAfter, sideBefore] : [amount, side]
      const length = LARGER.test(text.slice(Math.max(0, place - 40), place))
        ? null
        : lengthOf(lex(say.fromNow(first ?? ''), grammar, other))
      const moved = length && wall + (say.isEarlier.test(second ?? '') ? -1 : 1) * length
      if (!length || !moved) return whole
      if (length % DAY === 0) return date(moved)
      return date(moved) === date(wall) ? clock(moved) : whole
    })
}

/** The exact length of "in an hour" or "in two days", in ms; null for what is not one. */
function lengthOf([atom, more]: Atom[]): number | null {
  if (!atom || more) return null
  if (atom.is === 'elapsed' && !atom.approx && atom.elapsed.to === undefined && !atom.elapsed.months)
    return (atom.elapsed.days ?? 0) * DAY + atom.elapsed.minutes * MINUTE
  return atom.is === 'day' && !atom.approx && atom.day.is === 'offset' && !atom.day.business
    ? atom.day.days * DAY
    : null
}
