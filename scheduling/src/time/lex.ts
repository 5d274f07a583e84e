import type { Atom, Grammar } from './model.ts'

const WORD = /[\p{L}]+(?:'[\p{L}]+)?/uy
const NUMBER = /\d+(?:[.,]\d+)*/y

/** Small letters, one kind of dash, quote and space, ё as е. */
export function normalise(text: string, grammar: Grammar): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[‐‑‒–—−]/g, '-')
    .replaceAll(/[’`´]/g, "'")
    .replaceAll(/(\d{4}-\d\d-\d\d)t(?=\d\d:\d\d)/g, '$1 ')
    .replaceAll(/(\d\d:\d\d):\d\d(?:\.\d+)?z/g, '$1 utc')
    .replaceAll(/(\d\d:\d\d):\d\d(?:\.\d+)?([+-])(\d\d):00/g, '$1 utc$2$3')
    .replaceAll(/(?<!\d)(\d{1,2});([0-5]\d)(?!\d)/g, '$1:$2')
    .replaceAll(/[ \t\u00a0]+/g, ' ')
    .replaceAll(/\p{L}+/gu, (word) => grammar.typos(inOneScript(word)))
    .trim()
  return grammar.rewrites.reduce(
    (written, [pattern, replacement]) => written.replaceAll(pattern, replacement),
    letters,
  )
}

const LOOKALIKES = new Map(Array.from('aceopxykbhmt', (latin, at) => [latin, 'асеорхуквнмт'[at] ?? latin]))

/** A Cyrillic word typed with some Latin letters that look the same. */
function inOneScript(word: string): string {
  const isMixed = /\p{Script=Cyrillic}/u.test(word) && /[a-z]/u.test(word)
  return isMixed ? word.replaceAll(/[a-z]/gu, (letter) => LOOKALIKES.get(letter) ?? letter) : word
}

/** Splits normalised text into what its pieces say; at each place the first rule that applies wins. */
export function lex(text: string, grammar: Grammar, other: Grammar): Atom[] {
  const atoms: Atom[] = []
  let at = 0
  next: while (at < text.length) {
    if (text[at] === ' ') {
      at++
      continue
    }
    // "Завтра в 3 pm": words in the letters of the other language follow its rules.
    const rules = isForeign(text, at, grammar) ? [...grammar.rules, ...other.rules] : grammar.rules
    for (const { pattern, read } of rules) {
      pattern.lastIndex = at
      const match = pattern.exec(text)
      if (!match || match[0].length === 0) continue
      const made = read(
        Array.from(match, (group) => group ?? ''),
        atoms,
      )
      if (!made) continue
      atoms.push(...(Array.isArray(made) ? made : [made]))
      at += match[0].length
      continue next
    }
    at += plain(text, at, [grammar, other], atoms)
  }
  return atoms
}

const FOREIGN = {
  ru: /(?:\d[\d:.]* ?)?\p{Script=Latin}/uy,
  en: /(?:\d[\d:.]* ?)?\p{Script=Cyrillic}/uy,
}

function isForeign(text: string, at: number, { lang }: Grammar): boolean {
  FOREIGN[lang].lastIndex = at
  return FOREIGN[lang].test(text)
}

function plain(text: string, at: number, grammars: Grammar[], atoms: Atom[]): number {
  const word = sticky(WORD, text, at)
  if (word) {
    const value = grammars.map(({ numberWord }) => numberWord(word)).find((found) => found !== undefined)
    atoms.push(value === undefined ? { is: 'word', text: word } : { is: 'number', value, text: word })
    return word.length
  }
  const number = sticky(NUMBER, text, at)
  if (number) {
    const whole = /^\d{1,2}$/.test(number) && !/[\p{L}%$€₽№#]/u.test(text[at + number.length] ?? '')
    const money = /[$€₽№#+\p{L}]/u.test(text[at - 1] ?? '')
    atoms.push(
      whole && !money ? { is: 'number', value: Number(number), text: number } : { is: 'word', text: number },
    )
    return number.length
  }
  const sign = text[at]!
  if ('.!?;\n'.includes(sign)) atoms.push({ is: 'stop' })
  else if (sign === ',' || sign === ':') atoms.push({ is: 'join', join: 'comma' })
  else if (sign === '-') atoms.push({ is: 'join', join: 'dash' })
  else if (sign === '/') atoms.push({ is: 'join', join: 'or' })
  else if (sign === '@') atoms.push({ is: 'relation', relation: 'at' })
  else atoms.push({ is: 'word', text: sign })
  return 1
}

function sticky(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
