import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const linesOf = (script: string) =>
  readFileSync(join(import.meta.dirname, `given-names.${script}.txt`), 'utf8')
    .split('\n')
    .filter(Boolean)

const latinOf: Record<string, string> = Object.fromEntries(
  (
    'а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh щ=sh ъ= ы=i ь= ' +
    'э=e ю=iu я=ia і=i ї=i є=e ґ=g ў=u ә=a ғ=g қ=k ң=n ө=o ұ=u ү=u һ=h ҳ=h ӣ=i ӯ=u ҷ=j ѓ=g ќ=k љ=l њ=n џ=j ѕ=z ј=i ' +
    'ə=a ı=i ø=o ł=l đ=d ð=d þ=th æ=ae œ=oe ß=s'
  )
    .split(' ')
    .map((pair) => [pair[0] ?? '', pair.slice(2)]),
)

/** One spelling for the ways in which a name is written in Latin and Cyrillic: Юлия, Yulia, Iuliia and Julia are the same. */
function soundOf(name: string): string {
  return [...name.toLowerCase()]
    .map((letter) => latinOf[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/[\p{M}'’ʼ`]/gu, '')
    .replaceAll(/shch|sch/g, 'sh')
    .replaceAll('zh', 'Z')
    .replaceAll('kh', 'h')
    .replaceAll('ph', 'f')
    .replaceAll('x', 'ks')
    .replaceAll(/ck|q/g, 'k')
    .replaceAll('w', 'v')
    .replaceAll(/[yj]/g, 'i')
    .replaceAll(/i(?=[eo])/g, '')
    .replaceAll(/([\p{L}])\1+/gu, '$1')
}

const cyrillic = linesOf('cyrillic')
const latin = linesOf('latin')
const written = new Set([...cyrillic.map(withoutDots), ...latin, ...linesOf('other')])
const soundsOfCyrillic = new Set(cyrillic.map(soundOf))
const soundsOfLatin = new Set(latin.map(soundOf))

function withoutDots(name: string): string {
  return name.replaceAll('ё', 'е')
}

/** How surely a word is a given name: 3 it is in the list of its script, 2 it is a Cyrillic one in Latin letters, 1 the other way round, 0 not at all. */
export function givenNameRank(word: string): 0 | 1 | 2 | 3 {
  const plain = withoutDots(word.toLowerCase()).replaceAll('’', "'")
  if (plain.startsWith("o'")) return 0
  if (written.has(plain)) return 3
  const parts = plain.split('-')
  if (parts.length > 1 && parts.every((part) => part.length > 1))
    return parts.map(givenNameRank).reduce((least, rank) => (rank < least ? rank : least))
  if (/\p{Script=Cyrillic}/u.test(plain)) {
    if (soundsOfCyrillic.has(soundOf(plain))) return 3
    return soundsOfLatin.has(soundOf(plain)) ? 1 : 0
  }
  return soundsOfCyrillic.has(soundOf(plain)) || soundsOfLatin.has(soundOf(plain)) ? 2 : 0
}

/** A given name as it stands in one of the lists, not one that only sounds like it ("сам" like Sam). */
export const isListedName = (word: string): boolean => written.has(withoutDots(word.toLowerCase()))
