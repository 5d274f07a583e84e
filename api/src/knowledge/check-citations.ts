import { isDenied } from '../replies/denials.ts'
import { undoesDenials } from '../replies/excuses.ts'
import type { KnowledgeItem } from './read-items.ts'

/** With the blanks before it, tried once per run of blanks. */
const citation = /(?<!\s)\s*\[#([^\]\n]{1,60})\]/g
const sentenceEnd = /(?<=[.!?…](?:\s*\[#[^\]\n]{1,60}\])*)\s+(?!\[#)/u

/** Beginnings of words that promise something or say what it costs; what promises must stand where it is taken from. */
const promises =
  /(?<!\p{L})(?:бесплат|безвозмезд|гарант|скидк|возврат|верн[её]м(?!ся)|включ|рассрочк|подар|круглосуточ|пожизнен|неогранич|безлимит|сертифи|лиценз|free|guarant|discount|refund|includ|warrant|unlimit|lifetime|certif|licen[cs]|instal)\p{L}*/giu

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
  const ownFacts = factsOf(own)
  for (const paragraph of reply.split('\n')) {
    let last: string[] = []
    for (const sentence of paragraph.split(sentenceEnd)) {
      const ids = [...sentence.matchAll(citation)].map(([, id = '']) => id.trim())
      const unknown = ids.find((id) => !known.has(id))
      if (unknown !== undefined) problem ??= `[#${unknown}] is not the id of an item of the knowledge`
      if (ids.length > 0) last = ids
      cited.push(...ids)
      const words = sentence.replaceAll(citation, '')
      const { numbers, promised } = factsOf(words)
      const source = factsOf(last.map((id) => known.get(id) ?? '').join('\n'))
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

function factsOf(text: string): { numbers: string[]; promised: string[] } {
  const digits = [...text.matchAll(/\d(?:[\d\u00A0\u202F ]*\d)?(?:[.,]\d+)?/g)].map(([found]) =>
    found.replaceAll(/[\s\u00A0\u202F]/g, '').replace(',', '.'),
  )
  const inWords = (text.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((word) => numberWords[word] ?? [])
  const counted = /\d/.test(text) ? [...digits, ...inWords] : inWords
  const promised = [...text.matchAll(promises)]
    .filter(({ 0: found, index }) => !isRefused(text.toLowerCase(), index, index + found.length))
    .map(([found]) => found.toLowerCase().replace('ё', 'е').slice(0, 6))
  return { numbers: [...new Set(counted)], promised: [...new Set(promised)] }
}

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
