import { wordsOf } from '@lead/scheduling'
import { askedLanguage } from './asked-language.ts'
import { heardText } from './heard-text.ts'
import {
  englishWords,
  foreignCyrillicWords,
  foreignWords,
  neutralWords,
  translitWords,
} from './language-words.ts'

/** `other`: a language that we do not write. */
export type Tongue = 'ru' | 'en' | 'other'

const english = new Set(englishWords)
const translit = new Set(translitWords)
const sets = (lists: Record<string, string[]>) => Object.values(lists).map((words) => new Set(words))
const foreign = sets(foreignWords)
const foreignCyrillic = sets(foreignCyrillicWords)

/** Letters that Russian does not have: Ukrainian, Belarusian, Kazakh, Serbian and others. */
const notRussianLetter = /[іїєґўәғқңөұүһђљњћџјҷҳӣӯҗ]/u
const notLatinNorCyrillic =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Greek}\p{Script=Georgian}\p{Script=Armenian}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}]/gu

/** Language of a message by the words in it; null when they do not tell: emoji, "ok", a name, a link. */
export function hearLanguage(text: string): 'ru' | 'en' | null {
  const tongue = hearTongue(text)
  return tongue === 'other' ? null : tongue
}

/** The same, and whether it is a language that we do not write. A language that is asked for by name counts more than the words it is asked in. */
export function hearTongue(text: string): Tongue | null {
  const heard = heardText(text)
  const asked = askedLanguage(heard)
  if (asked) return asked
  const plain = withoutAddresses(heard)
  const strange = plain.match(notLatinNorCyrillic)?.length ?? 0
  const letters = plain.match(/\p{L}/gu)?.length ?? 0
  if (strange >= 2 && strange * 2 > letters) return 'other'
  const words = wordsOf(plain.toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'")).filter(
    (word) => !neutralWords.has(word) && /\p{L}/u.test(word),
  )
  const cyrillic = words.filter((word) => /\p{Script=Cyrillic}/u.test(word))
  const latin = words.filter((word) => /^[\p{Script=Latin}'-]+$/u.test(word))
  const ofCyrillic = cyrillicTongue(cyrillic)
  const ofLatin = latinTongue(latin)
  // A Russian word among English ones is a name or a quotation; an English word among Russian ones too.
  if (ofCyrillic && (ofLatin === null || cyrillic.length >= latin.length)) return ofCyrillic
  return ofLatin ?? ofCyrillic
}

function cyrillicTongue(words: string[]): Tongue | null {
  if (words.length === 0) return null
  const strange = words.filter((word) => notRussianLetter.test(word)).length
  const known = Math.max(...foreignCyrillic.map((one) => words.filter((word) => one.has(word)).length))
  if (strange > 0 && (strange + known) * 3 >= words.length) return 'other'
  if (known >= 2 && known * 3 >= words.length * 2 && !words.some((word) => /[ыэщъ]/u.test(word))) {
    // "Хочу завтра": both languages say it so; without a sign of the other one it is Russian.
    return words.some((word) => onlyForeign.has(word)) ? 'other' : 'ru'
  }
  if (words.every((word) => onlyForeign.has(word))) return 'other'
  return words.some((word) => word.length > 1 || word === 'я') || words.length > 1 ? 'ru' : null
}

/** Words in Russian letters that no Russian writes. */
const onlyForeign = new Set(
  'колькі каштуе дзень дзякуй заўтра сёння калі прывітанне добрий вітаю привіт дякую скільки коли що немає потрібно сьогодні ціна здравейте благодаря колко струва кога какво искам днес утре здраво хвала молим колико кошта шта данас сутра салем рахмет'.split(
    ' ',
  ),
)

function latinTongue(words: string[]): Tongue | null {
  if (words.length === 0) return null
  const count = (set: Set<string>) => words.filter((word) => set.has(word)).length
  // "a" and "i" are words of both.
  const inBoth = count(translit) > 0 ? words.filter((word) => word === 'a' || word === 'i').length : 0
  const inEnglish =
    count(english) -
    inBoth +
    words.filter((word) => /.{3}(?:ing|tion|tions|n't|'ll|'re|'ve)$/u.test(word)).length / 2
  const inTranslit =
    count(translit) + words.filter((word) => !english.has(word) && looksTranslit.test(word)).length / 2
  const accents = words.filter((word) => /[^a-z'\d-]/u.test(word)).length
  const inForeign =
    Math.max(...foreign.map((one) => words.filter((word) => one.has(word)).length)) + accents / 2
  const best = Math.max(inEnglish, inTranslit, inForeign)
  if (best < 0.5) return null
  if (inTranslit === best && inTranslit > inForeign && inTranslit > inEnglish) return 'ru'
  if (inForeign === best && inForeign > inEnglish) {
    const [word = '', ...more] = words
    return more.length === 0 && inForeign < 1.5 ? oneWord(word) : 'other'
  }
  return inEnglish > 0 ? 'en' : null
}

/** A single word of another language may be a name; a greeting or thanks is not. */
const oneWord = (word: string): Tongue | null =>
  /^(?:hola|bonjour|merhaba|hallo|ciao|danke|gracias|merci|grazie|obrigado|obrigada|olá|salam|salom|selam|witam|buongiorno|teşekkürler)$/u.test(
    word,
  )
    ? 'other'
    : null

const looksTranslit =
  /(?:[iy]j|[aeiou]ya|zh[aeiou]|shch|kh[aeiou]|ogo|ymi|aya|oye|yte|ite|jte|ovat|atsya|tsya|skij|skiy|ost|[aeiou]yu|ishu|azhu|ochu)(?:$|(?=[aeiou]))/u

/** Links, addresses and @names are in no language. Word by word, for a pattern that looks for one grows slow on a word without end. */
const withoutAddresses = (text: string) =>
  text.replaceAll(/\S+/gu, (word) =>
    isAddress(word) ? ' ' : word.replaceAll(/(?:https?:\/\/|www\.)\S+|@[a-z0-9_]+/giu, ' '),
  )

const isAddress = (word: string) => {
  const at = word.indexOf('@', 1)
  return (at > 0 && word.includes('.', at + 2)) || /[^.]\.(?:ru|com|net|org|io)(?!\p{L})/iu.test(word)
}
