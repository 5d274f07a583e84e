import { isDenied } from '../replies/denials.ts'
import { undoesDenials } from '../replies/excuses.ts'
import { freeOfCharge } from '../replies/rules/free.ts'
import type { KnowledgeItem } from './read-items.ts'

/** With the blanks before it, tried once per run of blanks. */
const citation = /(?<!\s)\s*\[#([^\]\n]{1,60})\]/g
const sentenceEnd = /(?<=[.!?…](?:\s*\[#[^\]\n]{1,60}\])*)\s+(?!\[#)/u

/** Beginnings of words that promise something or say what it costs; what promises must stand where it is taken from. */
const promises = new RegExp(
  String.raw`(?<!\p{L})(?:${freeOfCharge}(?!\p{L})|(?:бесплат|безвозмезд|гарант|скидк|возврат|верн[её]м(?!ся)|включ(?!ите)|рассрочк|подар|круглосуточ|пожизнен|неогранич|безлимит|сертифи|лиценз|guarant|discount|refund|includ|warrant|unlimit|lifetime|certif|licen[cs]|instal)\p{L}*)`,
  'gu',
)
/** What is asked about their own business or wishes states nothing of ours. */
const asksOfTheirs =
  /(?<!\p{L})(?:у\s+вас|вам\s+(?:нужн|важн|интерес)|вас\s+интерес|do\s+you|are\s+you|have\s+you|(?:is|are)\s+your)\p{L}*(?![^?]*(?:знаете|did\s+you\s+know))[^.!?]*\?/u

const numberWords: Record<string, string> = {
  один: '1',
  одна: '1',
  одну: '1',
  одной: '1',
  два: '2',
  две: '2',
  двух: '2',
  три: '3',
  трёх: '3',
  трех: '3',
  четыре: '4',
  пять: '5',
  шесть: '6',
  семь: '7',
  восемь: '8',
  девять: '9',
  десять: '10',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
}

/** A number in words is a statement where it measures or counts something: "which one suits you" says no number. */
const units = [
  'секунд|минут|час|дн[яией]|день|недел|месяц|квартал|год|лет|процент|рубл|доллар|евро|тысяч|миллион|клиент|компани|людей|сотрудник|менеджер|пользовател|рабочих мест',
  'этап|визит|сеанс|заняти|урок|офис|филиал|город|стран|интеграци|заяв|сделк|проект|врач|специалист|раза?\\s+(?:больше|меньше|быстрее|дешевле|выше|чаще)',
  'seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|per\\s?cent|roubles?|rubles?|dollars?|euros?|pounds?|thousand|million|clients?|customers?|compan|people|employees?|managers?|users?|seats?',
  'members?|stages?|visits?|sessions?|lessons?|offices?|branch|cities|countr|integrations?|leads|deals?|projects?|doctors?|specialists?|times\\s+(?:more|less|faster|cheaper|higher|as)',
].join('|')
const counted = new RegExp(
  String.raw`(?<!\p{L})(?<!(?:no|any|every|some|which|that|this|other|the)\s)(${Object.keys(numberWords).join('|')})(?:[\s-]+\p{L}+){0,2}?[\s-]+(?:${units})\p{L}*`,
  'gu',
)
/** One asks for a moment with these, and says no duration. */
const aMoment = /^\P{L}*(?:одну|буквально\s+одну|(?:just\s+)?one)\s+(?:минут|секунд|minute|second)\p{L}*/u

/** `text`: the reply without the ids. `cited`: the items it names. `problem`: for the model's next try; null when all of it is supported. */
export type Cited = { text: string; cited: string[]; problem: string | null }

/**
 * Takes the ids out of a reply, and looks whether what each sentence states stands in the item that it names (its own, or the last one named
 * before in the same paragraph). Numbers and promises need an item, unless the business says them of itself, or the lead said them.
 * @param items everything that may be named; `own` the business's text about itself and what the lead said
 */
export function checkCitations(reply: string, items: KnowledgeItem[], own: string): Cited {
  const cited: string[] = []
  let problem: string | null = null
  const known = new Map(items.map((item) => [item.id, `${item.title}\n${item.text}`]))
  const ownFacts = factsOfSource(own)
  // Whose times follow is told by the mark, which stands in a line of its own.
  for (const paragraph of reply.replaceAll(/\n(?=\[(?:TIMES|MEETING)\])/g, ' ').split('\n')) {
    let last: string[] = []
    for (const sentence of paragraph.split(sentenceEnd)) {
      const ids = [...sentence.matchAll(citation)].map(([, id = '']) => id.trim())
      const unknown = ids.find((id) => !known.has(id))
      if (unknown !== undefined) problem ??= `[#${unknown}] is not the id of an item of the knowledge`
      if (ids.length > 0) last = ids
      cited.push(...ids)
      const words = sentence.replaceAll(citation, '')
      const { numbers, promised } = factsOf(words)
      const source = factsOfSource(last.map((id) => known.get(id) ?? '').join('\n'))
      const unsaid = [
        ...numbers.filter((one) => !source.numbers.includes(one) && !ownFacts.numbers.includes(one)),
        ...promised.filter((one) => !source.promised.includes(one) && !ownFacts.promised.includes(one)),
      ]
      const names =
        ids.length === 0
          ? []
          : strangeNames(words, `${last.map((id) => known.get(id) ?? '').join('\n')}\n${own}`)
      const [first] = [...unsaid, ...names]
      if (first !== undefined)
        problem ??=
          last.length > 0
            ? `${JSON.stringify(first)} does not stand in [#${last.join('], [#')}]`
            : `${JSON.stringify(first)} is stated without the item of the knowledge that says so: end the sentence with its [#id], or leave it out`
    }
  }
  const text = reply.replaceAll(citation, '').replaceAll(/^[ \t]+/gm, '')
  return { text, cited: [...new Set(cited)], problem }
}

type Facts = { numbers: string[]; promised: string[] }

/** What a sentence of ours states. */
function factsOf(sentence: string): Facts {
  const said = sentence.toLowerCase()
  const inWords = [...said.replace(aMoment, '').matchAll(counted)].flatMap(
    ([, word = '']) => numberWords[word] ?? [],
  )
  const promised = asksOfTheirs.test(said)
    ? []
    : [...said.matchAll(promises)].filter(
        ({ 0: found, index }) => !isRefused(said, index, index + found.length),
      )
  return {
    numbers: [...new Set([...digitsIn(said), ...inWords])],
    promised: [...new Set(promised.map(([found]) => stemOfPromise(found)))],
  }
}

/** What may be taken from a text that is true: each number in it, whatever it counts. */
function factsOfSource(text: string): Facts {
  const said = text.toLowerCase()
  const inWords = (said.match(/\p{L}+/gu) ?? []).flatMap((word) => numberWords[word] ?? [])
  return {
    numbers: [...new Set([...digitsIn(said), ...inWords])],
    promised: [...new Set([...said.matchAll(promises)].map(([found]) => stemOfPromise(found)))],
  }
}

const digitsIn = (text: string) =>
  [...text.matchAll(/\d(?:[\d\u00A0\u202F ]*\d)?(?:[.,]\d+)?/g)].map(([found]) =>
    found.replaceAll(/[\s\u00A0\u202F]/g, '').replace(',', '.'),
  )
const stemOfPromise = (word: string) => word.replace('ё', 'е').slice(0, 6)

/** What we say that we do not promise needs no support. */
function isRefused(sentence: string, start: number, end: number): boolean {
  const head = sentence.slice(0, start)
  return (
    !undoesDenials(sentence) &&
    isDenied(head.slice(head.search(/[^,;:—–.()]*$/u)), sentence.slice(end), sentence, null)
  )
}

/** Words with a capital inside of a sentence that neither the source nor the business nor the lead knows, in any of their forms. */
function strangeNames(sentence: string, source: string): string[] {
  const known = (source.toLowerCase().match(/\p{L}+/gu) ?? []).map(stemOf)
  const words = [...sentence.trim().matchAll(/(?<=[\p{L}\d,;:)»"]\s+[«"(]?)\p{Lu}[\p{L}]{2,}/gu)].map(
    ([word]) => word,
  )
  return words.filter((word) => !known.includes(stemOf(word)))
}

const stemOf = (word: string) => word.toLowerCase().slice(0, Math.max(3, word.length - 2))
