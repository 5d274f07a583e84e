/** Where words of the lead stand: the message, and the sentence in it. */
export type Found = { messageId: number; sentence: string }

const plain = (text: string) =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}%₽$€£@]+/gu) ?? []
  ).join(' ')

const sentencesOf = (text: string) => text.match(/[^.!?\n]+(?:[.](?=\S)[^.!?\n]*)*[.!?…]*/gu) ?? [text]

/** Of a quotation, so much of whose words must stand in the message where they do not stand in a row. */
const enough = 0.8

/**
 * The newest message that a quotation of a model stands in; null when the lead said nothing of the kind. A model may change
 * a comma, and one word of five; a number that was not said is too much.
 * @param messages of the lead, oldest first
 */
export function findWords(quote: string, messages: { id: number; text: string }[]): Found | null {
  const wanted = plain(quote)
  if (wanted === '') return null
  const newest = messages.toReversed()
  const exact = newest.find(({ text }) => ` ${plain(text)} `.includes(` ${wanted} `))
  const message = exact ?? newest.find(({ text }) => isMostlyIn(wanted, plain(text)))
  if (!message) return null
  const sentences = sentencesOf(message.text)
  const sentence =
    sentences.find((one) => ` ${plain(one)} `.includes(` ${wanted} `)) ?? bestOf(sentences, wanted)
  return { messageId: message.id, sentence: (sentence ?? message.text).trim().slice(0, 1000) }
}

function isMostlyIn(wanted: string, said: string): boolean {
  const words = wanted.split(' ')
  const there = new Set(said.split(' '))
  if (words.some((word) => /\d/u.test(word) && !there.has(word))) return false
  return words.filter((word) => there.has(word)).length >= Math.max(2, words.length * enough)
}

function bestOf(sentences: string[], wanted: string): string | undefined {
  const words = wanted.split(' ')
  const hits = (sentence: string) => {
    const there = new Set(plain(sentence).split(' '))
    return words.filter((word) => there.has(word)).length
  }
  return sentences.toSorted((a, b) => hits(b) - hits(a))[0]
}
