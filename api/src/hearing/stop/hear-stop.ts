import { anyOf, fromTranslit, wordsOf } from '@lead/scheduling'
import { plainWords } from '../plain-words.ts'
import { asksErasure } from './hear-erasure.ts'
import * as words from './stop-words.ts'

/** `yes`: no further word may be written. `maybe`: the classifier decides, and in doubt the person is asked. `no`: nothing of the kind. */
export type StopHeard = 'yes' | 'maybe' | 'no'

const withoutSigns = (text: string) => text.replaceAll(/[ьъ]/gu, '')
const expression = (phrases: readonly string[], flags = '') => anyOf(phrases.map(withoutSigns), flags)
const whole = (phrases: readonly string[]) =>
  new RegExp(
    `^(?:${phrases.map((one) => withoutSigns(one).replaceAll(' ', String.raw`\s+`)).join('|')})$`,
    'u',
  )

const clear = expression([...words.clearRequests, ...words.doNotWrite], 'g')
const unconditional = expression(words.clearRequests)
const channel = expression(words.channel)
const later = expression(words.later)
const goesOn = expression(words.goesOn)
const conditions = expression(words.conditions)
const others = expression(words.others)
const notARequest = expression(words.notARequest)
const politeness = expression([words.politeness], 'g')
const wholeStop = whole(words.wholeStops)
const wholeDoubt = whole(words.doubtful)
const isBeside = whole([words.beside])
const isReason = whole(words.reasons)
const changedMind = whole(words.mindChanged)
/** Only these words make "do not write" a request to stop for good; without one it may mean this minute or this topic. */
const forGood = expression([
  'мне|нам|меня|нас|больше|никогда|вообще|впредь|никаких|прошу|требую|me|us|my number|this number|again|any ?more|any longer|ever|never|further',
])

/** "Do not write here" may mean: write elsewhere. */
const place = expression(['сюда|здесь|тут|here|there|to this (?:chat|number|account)'])
/** How one gets rid of us is asked by who wants to. */
const ofUs = expression(['от вас|от вашей|from you|from your|from this'])

type Clause = { text: string; cores: string[]; rest: string[] }

/**
 * What code alone hears of a wish that we stop writing for good, in Russian and English. `yes` needs that every word of the request is
 * understood and nothing beside it says otherwise: a channel, a moment, a condition, other people, a question, talk that goes on.
 */
export function hearStop(text: string): StopHeard {
  // Who wants to be forgotten wants no further words either.
  if (asksErasure(text)) return 'yes'
  const said = heard(text)
  // In Latin letters it may be Russian all the same: "ne pishite mne bolshe".
  if (said !== 'no' || !/^[^\p{Script=Cyrillic}]*$/u.test(text)) return said
  return strongest(heard(fromTranslit(text)), heard(fromTranslit(text.replaceAll(/ts/giu, "t's"))))
}

function heard(text: string): StopHeard {
  const plain = withoutSigns(plainWords(text))
    .replaceAll(/(?<!\p{L})(не|ни)(?=(?:пиши|пеши|надо|беспокой|звони|присыла)\p{L}*)/gu, 'не ')
    .replaceAll(/(?<!\p{L})ни(?= (?:пиши|пеши|надо|беспокой))/gu, 'не')
  if (plain.split('\n').some(hasQuotation) && !/^[«"“„][^»"”]*[»"”]$/u.test(plain)) return asQuoted(plain)
  const kind = plain.replaceAll(politeness, ' ')
  const bare = wordsOf(kind).join(' ')
  if (bare === '') return 'no'
  if (wholeStop.test(bare)) return /\?/u.test(plain) ? 'maybe' : 'yes'
  const clauses = splitClauses(kind).map(readClause)
  const cores = clauses.filter((clause) => clause.cores.length > 0)
  if (cores.length === 0) return doubtOf(bare, clauses, plain)
  const first = clauses.findIndex((clause) => clause.cores.length > 0)
  const isWhy = (clause: Clause, index: number) =>
    isHarmless(clause.text) || (index < first && isChange(clause.text))
  const rest = clauses.filter((clause, index) => clause.cores.length === 0 && !isWhy(clause, index))
  return cores.map((core) => judge(core, rest, plain)).reduce(strongest)
}

const hasQuotation = (line: string) => {
  const opened = line.search(/[«"“„]/u)
  return opened >= 0 && /[»"”]/u.test(line.slice(opened + 1))
}

/** A stop word in somebody else's mouth is none. */
const asQuoted = (plain: string): StopHeard =>
  !others.test(plain) && splitClauses(plain).some((clause) => clause.match(clear) !== null) ? 'maybe' : 'no'

const order: StopHeard[] = ['no', 'maybe', 'yes']
const strongest = (a: StopHeard, b: StopHeard): StopHeard => (order.indexOf(a) > order.indexOf(b) ? a : b)

function judge(core: Clause, rest: Clause[], plain: string): StopHeard {
  const { text } = core
  const beside = rest.map((clause) => clause.text).join('. ')
  const asks = /\?/u.test(plain)
  if (notARequest.test(text)) return asks && ofUs.test(text) && !others.test(text) ? 'maybe' : 'no'
  if (channel.test(text)) return 'no'
  if (goesOn.test(beside) || rest.some((clause) => isChange(clause.text))) return 'no'
  const left = core.rest.join(' ')
  if (later.test(left) || others.test(left)) return 'no'
  const isWhole = core.rest.length === 0
  const lasting = unconditional.test(text) || forGood.test(text)
  if (asks && (!isWhole || notARequest.test(beside))) return 'no'
  const doubts =
    !isWhole ||
    !lasting ||
    (asks && rest.length > 0) ||
    [conditions, channel, later, others].some((sign) => sign.test(beside)) ||
    conditions.test(text) ||
    place.test(text)
  return doubts ? 'maybe' : 'yes'
}

/** No clear request: a stop word with something beside it, or words of anger. */
function doubtOf(bare: string, clauses: Clause[], plain: string): StopHeard {
  const telling = clauses.filter(({ text }) => !isHarmless(text))
  const stops = clauses.filter(({ text }) => wholeStop.test(text))
  if (stops.length > 0) {
    if (telling.length === 0) return 'yes'
    const beside = telling.map(({ text }) => text).join('. ')
    return goesOn.test(beside) ||
      telling.some(({ text }) => isChange(text)) ||
      plain.includes('?') ||
      later.test(beside)
      ? 'no'
      : 'maybe'
  }
  if (plain.includes('?')) return 'no'
  const saying = bare.split(' ').filter((word) => !isBeside.test(word))
  if (wholeDoubt.test(bare) || wholeDoubt.test(saying.join(' '))) return 'maybe'
  return clauses.some(({ text }) => wholeDoubt.test(text)) &&
    !clauses.some(({ text }) => goesOn.test(text) || others.test(text))
    ? 'maybe'
    : 'no'
}

function readClause(text: string): Clause {
  return {
    text,
    cores: text.match(clear) ?? [],
    rest: wordsOf(text.replaceAll(clear, ' ')).filter((word) => !isBeside.test(word)),
  }
}

const isChange = (text: string) => changedMind.test(wordsOf(text).join(' '))

const isHarmless = (text: string) => isReason.test(text) || wordsOf(text).every((word) => isBeside.test(word))

const breaks =
  /[.!?;:,\n()—–]+| - | (?:иначе|но|однако|потому что|так как|because|since|but|cause|или(?= я )|or(?= i ))(?= )/u

/** Nobody asks to be left alone in more words at a stretch; the expressions grow slow on longer ones. */
const longestClause = 25

/** Parts of a message that stand for themselves, without punctuation. */
const splitClauses = (text: string): string[] =>
  text.split(breaks).flatMap((clause) => {
    if (/^\s*\//u.test(clause)) return [clause.trim()]
    const said = wordsOf(clause)
    return Array.from({ length: Math.ceil(said.length / longestClause) }, (_, part) =>
      said.slice(part * longestClause, (part + 1) * longestClause).join(' '),
    )
  })
