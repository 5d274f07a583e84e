import { type AskedOfUs, askedOfUs } from '@lead/contract'
import { anyOf, fromTranslit, wordsOf } from '@lead/scheduling'
import { hearLanguage } from '../hear-language.ts'
import { plainWords } from '../plain-words.ts'
import * as words from './asked-words.ts'

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u')
const article =
  '(?:not|не|for real|really|a|an|the|some|some kind of|some sort of|just a|just an|with a|with an|какой-то|какая-то|какой-нибудь|с|со|это)'
const thing = `(?:${article} )*(?:${words.machine}|${words.human})`
const either = `${thing}(?:[ ,]+(?:или|либо|or|not|а не|не|и|vs|and not)+ (?:${thing}|нет|not))*(?: (?:сидит|(?:answering|writing|replying|typing|texting|responding)(?: (?:me|this|to me))?))?(?: (?:${words.tail}))*`
const filler = new RegExp(`^(?:${words.filler})$`, 'u')

/** What is left of a clause without fillers must be one of these. */
const aboutUs = [
  `(?:это |а )?(?:вы|ты) (?:это )?(?:с кем-то )?${either}`,
  `${thing} (?:вы|ты)(?: (?:${words.tail}))*`,
  `(?:я|мы) (?:говорю|говорим|общаюсь|общаемся|переписываюсь|переписываемся|разговариваю|беседую|пишу|имею дело|чатюсь) ${either}`,
  `(?:я |мы )?${either} (?:говорю|общаюсь|переписываюсь|разговариваю|беседую)(?: (?:${words.tail}))*`,
  `со мной (?:говорит|общается|разговаривает|переписывается) ${either}`,
  `(?:are|r) (?:you|u) (?:real|really real|for real)`,
  `(?:говорю|общаюсь|переписываюсь|разговариваю|беседую) (?:я )?${either}`,
  `(?:с кем|с кем это) (?:я |мы )?(?:говорю|общаюсь|переписываюсь|разговариваю|беседую|имею дело|чатюсь|имею честь)(?: (?:${either}))?`,
  `(?:кто|это кто)(?: это)? (?:пишет|отвечает|общается|говорит|разговаривает)(?: со мной)? ${either}`,
  `(?:это )?(?:пишет|отвечает|общается|говорит|отвечают|пишут)(?: со мной)? ${either}`,
  `(?:это )?${thing}(?: (?:или|либо) ${thing})? (?:пишет|отвечает|общается|говорит|отвечают|пишут)(?: со мной)?(?: (?:${words.tail}))*`,
  `(?:are|r|aren't|were) (?:you|u|ya)(?: guys)? ${either}`,
  `(?:you're|you are|ur|you|u)(?: (?:sound|seem|feel|look)(?: like)?)? ${either}`,
  `(?:you )?(?:sound|sounds|seem|seems|feels|looks)(?: like)? ${either}`,
  `(?:is|isn't) (?:this|it|that|there|anyone|he|she)(?: (?:chat|thing|account|conversation))? ${either}`,
  `(?:this|it|that)(?: is|'s) ${either}`,
  `(?:am|do|did|was|were) (?:i )?(?:talking|speaking|chatting|texting|writing|messaging|talk|speak|chat|dealing)(?: (?:to|with))* ${either}`,
  `(?:am )?i (?:am )?(?:talking|speaking|chatting|texting|writing|messaging|dealing)(?: (?:to|with))* ${either}`,
  `(?:who|what) (?:am i|are we|is|i'm|i am)(?: (?:talking|speaking|chatting|texting|writing|messaging|dealing))(?: (?:to|with))*(?: ${either})?`,
  `(?:is|are) ${thing} (?:writing|answering|typing|texting|reading|replying|responding)(?: (?:this|these|to|me|messages|that))*(?: (?:or) ${thing})?`,
].map(whole)
/** These only with a question mark, or as all that is said. */
const bare = whole(either)
const anybody = whole(
  `(?:есть|имеется)(?: (?:кто|кто-нибудь|кто-то|хоть))* (?:${words.human})(?: (?:${words.tail}))*|(?:is |are )?(?:there )?(?:any |an |a )*(?:actual |real |living )+(?:humans?|persons?|people|one)(?: (?:${words.tail}))*`,
)
const source = new RegExp(`^(?:(?:${words.filler}) )*(?:${words.source.join('|')})(?![\\p{L}\\d])`, 'u')

/** Nobody asks this in more words. */
const longestClause = 16

/** What code alone hears in a message of two questions that must be answered honestly, whatever a model makes of them. */
export function hearAsked(text: string): AskedOfUs[] {
  const isTranslit = hearLanguage(text) === 'ru' && !/\p{Script=Cyrillic}/u.test(text)
  return isTranslit ? hearIn(fromTranslit(text)) : hearIn(text)
}

function hearIn(text: string): AskedOfUs[] {
  const clauses = plainWords(text)
    .replaceAll(/\.{2,}|…/gu, '. ')
    .split(/(?<=[?!;:\n()—–])|,|\.(?=\s|$)| - |(?<=^|\s)(?=(?:или это|is this) )/u)
    .map((clause) => ({
      asks: clause.includes('?'),
      words: (clause.match(/[\p{L}\p{N}]+(?:[.'-][\p{L}\p{N}]+)*/gu) ?? []).slice(0, longestClause + 1),
    }))
    .filter(({ words: said }) => said.length > 0)
  const heard = new Set<AskedOfUs>()
  for (const clause of clauses) {
    if (clause.words.length > longestClause) continue
    if (asksIfBot(clause, clauses.length === 1)) heard.add('asks_if_bot')
    if (source.test(clause.words.join(' '))) heard.add('asks_source')
  }
  for (const sentence of sentencesOf(text)) {
    if (sentence.asks && isAbout(sentence.words, words.machineTalks)) heard.add('asks_if_bot')
    if (isAbout(sentence.words, words.hasMine) && !ownSearch.test(sentence.words)) heard.add('asks_source')
  }
  return askedOfUs.filter((one) => heard.has(one))
}

const supposes = anyOf([
  'кажется|похоже|подозрева\\p{L}+|думаю|чувств\\p{L}+|ощущени\\p{L}+|признавайт\\p{L}+|seems?|feels?|looks|suspect|bet|guess|think',
])
const others = anyOf([words.others])
const ownSearch = anyOf([words.ownSearch])

/** Whole sentences: what is asked in many words, or by the way. */
const sentencesOf = (text: string) =>
  plainWords(text)
    .split(/(?<=[.?!\n])/u)
    .map((sentence) => ({
      words: wordsOf(sentence).slice(0, longestSentence).join(' '),
      asks: sentence.includes('?') || supposes.test(sentence) || startsAsQuestion.test(sentence),
    }))
const longestSentence = 24
const startsAsQuestion =
  /^\s*(?:(?:wait|hold up|hey|hi|so|and|а|и|ну)[, ]+)*(?:did|is|are|am|was|were|do|does|кто)(?= )/u

const compiled = new Map<string, RegExp>()
function isAbout(sentence: string, signs: string[]): boolean {
  return (
    !others.test(sentence) &&
    signs.every((sign) => {
      const pattern = compiled.get(sign) ?? anyOf([sign])
      compiled.set(sign, pattern)
      return pattern.test(sentence)
    })
  )
}

function asksIfBot({ asks, words: said }: { asks: boolean; words: string[] }, isAll: boolean): boolean {
  const full = said.join(' ')
  // A word may be a filler here and a part of the question there: "не", "the".
  const core = said.filter((word) => !filler.test(word)).join(' ')
  return [full, core, withoutEdges(said)].some(
    (one) =>
      aboutUs.some((pattern) => pattern.test(one)) ||
      (asks && anybody.test(one)) ||
      ((asks || isAll) && bare.test(one) && isNamed(one)),
  )
}

/** "Реально?" and "real?" ask something else; a bare word counts when it names a machine or a human. */
const isNamed = (one: string) =>
  new RegExp(`(?:^| )(?:${words.machine}|живой|живая|настоящая|человек|human)(?: |$)`, 'u').test(one)

function withoutEdges(said: string[]): string {
  const from = said.findIndex((word) => !filler.test(word))
  return from < 0 ? '' : said.slice(from).join(' ')
}
