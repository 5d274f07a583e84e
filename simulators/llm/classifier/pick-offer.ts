import type { Offer, Turn } from '../brain/turn.ts'
import { wholeMessages } from './intent-phrases.ts'
import { phrase, plain, wordsOf } from './phrase.ts'
import { fits, saysTime, timeSigns, weekdayOf } from './time-signs.ts'

const offerWord = '(?: (?:вариант*|врем*|слот*|one|option|slot|time|works?|is|suits))'
const notAnOrder = '(?! (?:половин*|недел*|половине|половину|раз|half|week|time we|month))'
const ordinals = [
  `перв(?:ый|ое|ая|ую|ом)${notAnOrder}|вариант 1|номер 1|1-?[йе]|the first|first${offerWord}|option (?:1|one|a)`,
  `втор(?:ой|ое|ая|ую|ом)${notAnOrder}|вариант 2|номер 2|2-?[йе]|the second|second${offerWord}|option (?:2|two|b)`,
  `трет(?:ий|ье|ья|ью|ьем)${notAnOrder}|вариант 3|номер 3|3-?[йе]|the third|third${offerWord}|option (?:3|three|c)`,
  `четвертый вариант|четвертое|вариант 4|option (?:4|four)`,
].map((words) => phrase([words]))
const last = phrase([`последн(?:ий|ее|юю)(?: (?:вариант|время))?${notAnOrder}`, 'the last( one| option)?'])
const refusal = phrase([
  'не (подходит|могу|смогу|получится|удобно|выйдет|вариант|устраивает)',
  'неудобно',
  'кроме',
  'занят*',
  'ни один',
  "(can't|cannot|won't|doesn't|don't|not|except|neither|none|busy)",
])
const range = phrase([
  '(не )?(раньше|позже)',
  '(после|до) \\d+*',
  'с \\d+* до',
  'между',
  '(before|after|between|until|later|earlier)',
])
const yes = phrase([`(?:${wholeMessages.yes.join('|')})`])

/**
 * The offer that the words accept, or null. A clause with a refusal ("чт не могу, давайте пт") does not count, nor does
 * a range ("после 15").
 * @param onTheTable whether the lead has seen these offers: only then can "the second" or a bare yes mean one
 */
export function pickOffer(text: string, turn: Turn, onTheTable: boolean): Offer | null {
  if (turn.offers.length === 0) return null
  const accepting = clausesOf(text).filter((clause) => !refusal.test(clause))
  const said = accepting.join(', ')
  if (!said || range.test(said)) return null
  return (
    byTime(said, turn) ??
    (onTheTable && accepting.length === clausesOf(text).length ? byOrder(said, turn) : null)
  )
}

const clausesOf = (text: string) =>
  plain(text)
    .split(/[,;.!?\n]+(?!\d)|\s(?:но|зато|but)\s/i)
    .map((clause) => clause.trim())
    .filter(Boolean)

function byTime(said: string, turn: Turn): Offer | undefined {
  const today = weekdayOf(turn.now.iso, turn.now.timeZone)
  const wish = timeSigns(said, today)
  if (!saysTime(wish)) return undefined
  const fitting = turn.offers.filter((offer) => fits(wish, timeSigns(offer.label, today)))
  return fitting.length === 1 ? fitting[0] : undefined
}

function byOrder(said: string, turn: Turn): Offer | null {
  if (saysTime(timeSigns(said, 0))) return null
  const words = wordsOf(said)
  const order = ordinals.findIndex((ordinal) => ordinal.test(said))
  if (order >= 0) return turn.offers[order] ?? null
  if (last.test(said)) return turn.offers.at(-1) ?? null
  if (/^\s*[1-9]\s*$/.test(said)) return turn.offers[Number(said) - 1] ?? null
  const onlyYes = words.length <= 8 && said.split(/[\s,]+/).every((word) => yes.test(word))
  return onlyYes && turn.offers.length === 1 ? (turn.offers[0] ?? null) : null
}
