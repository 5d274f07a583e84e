/**
 * Repairs common misspellings: the listed ones, and any word of five letters or more that is one slip (a letter missing,
 * added, wrong, or two swapped) from exactly one of `words`.
 */
export function typoFixer(
  listed: Record<string, string>,
  words: string[],
  correct: RegExp,
): (word: string) => string {
  const known = new Set(words)
  return (word) => {
    if (Object.hasOwn(listed, word)) return listed[word]!
    if (word.length < 5 || known.has(word) || correct.test(word)) return word
    const near = words.filter((candidate) => candidate[0] === word[0] && oneSlip(word, candidate))
    return near.length === 1 ? near[0]! : word
  }
}

function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let tail = 0
  while (tail < Math.min(a.length, b.length) - start && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const [restA, restB] = [a.slice(start, a.length - tail), b.slice(start, b.length - tail)]
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restA === [...restB].toReversed().join('')
}
