import { plainWords } from '../hearing/plain-words.ts'

/** How much of two texts is the same, 0 to 1: pairs of neighbouring letters, without case, punctuation and numbers. */
export function sameness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)]
  if (left.size === 0 || right.size === 0) return bare(a) === bare(b) ? 1 : 0
  let common = 0
  for (const pair of left) if (right.has(pair)) common += 1
  return (2 * common) / (left.size + right.size)
}

/** Whether somebody, or something, says the same again: word for word, or with another hour or name in it. */
export const isNearSame = (a: string, b: string): boolean => sameness(a, b) >= 0.8

/** A machine's sentence has some length; "да" three times is an answer to three questions. */
export const isSentence = (text: string): boolean => bare(text).replaceAll(' ', '').length >= 12

const bare = (text: string) =>
  plainWords(text)
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()

function pairsOf(text: string): Set<string> {
  const plain = bare(text)
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)))
}
