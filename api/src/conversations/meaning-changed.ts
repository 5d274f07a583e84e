/** Words that change nothing when they come or go. */
const courtesy = new Set(
  'пожалуйста плиз пжл спасибо спс благодарю здравствуйте привет ок окей ага please pls thanks thank you hi hello ok okay'.split(
    ' ',
  ),
)

/** Who changes more words than this mends no typos. */
const mostTypos = 50

/**
 * Whether an edit says something else, or only mends how it was said: case, punctuation, a typo, courtesy. In doubt it says something
 * else: answering twice is better than booking the wrong day.
 */
export function meaningChanged(before: string, after: string): boolean {
  const [old, now] = [new Set(wordsOf(before)), new Set(wordsOf(after))]
  const gone = [...old].filter((word) => !now.has(word))
  const come = [...now].filter((word) => !old.has(word))
  if (gone.length > mostTypos || come.length > mostTypos) return true
  const mended = gone.filter((word) => come.some((other) => isTypo(word, other)))
  const mending = come.filter((word) => gone.some((other) => isTypo(other, word)))
  return gone.length > mended.length || come.length > mending.length
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}:.]+/u)
    .map(withoutEnd)
    .filter((word) => word !== '' && !courtesy.has(word))

/** "в 11:30." */
function withoutEnd(word: string): string {
  let end = word.length
  while (word[end - 1] === '.' || word[end - 1] === ':') end -= 1
  return word.slice(0, end)
}

/** One letter too many, too few, another, or two in the wrong order, in a word long enough to be told from others. Digits are never typos. */
function isTypo(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || /\p{N}/u.test(a + b)) return false
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const swapped = restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
  return swapped || Math.max(restA.length, restB.length) <= 1
}
