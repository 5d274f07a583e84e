import { plainWords } from './plain-words.ts'

const wordsIn = (text: string) => new Set(text.split(/\s+/))

/** A language named as the one to write in. Endings are Russian cases. */
const named: [language: 'ru' | 'en' | 'other', name: RegExp][] = [
  ['en', /^(?:английск(?:ий|ом|ого|им|и)|англ|инглиш(?:е|ем)?|english|eng)$/u],
  ['ru', /^(?:русск(?:ий|ом|ого|им|и)|russian|rus|русском)$/u],
  [
    'other',
    /^(?:(?:украинск|белорусск|казахск|узбекск|киргизск|немецк|французск|испанск|итальянск|португальск|турецк|польск|китайск|арабск|грузинск|армянск|сербск|чешск|иврит|фарси|литовск|латышск|эстонск|румынск)\p{L}*|ukrainian|german|deutsch|french|français|spanish|español|italian|portuguese|português|turkish|polish|chinese|mandarin|arabic|hebrew|georgian|armenian|serbian|czech|dutch|greek|hindi|japanese|korean|kazakh|uzbek)$/u,
  ],
]

/** What may stand beside it in a wish how to write; with any other word the message is about something else ("клиенты пишут на английском"). */
const beside = wordsIn(
  `давайте давай можно можем может можете могли бы мы ли а вы ты я мне нам со с вами пожалуйста плиз плз лучше удобнее проще легче комфортнее было будет
  общаться пообщаться писать пишите напишите пиши говорить поговорить говорите говорим говорю говорим разговаривать переписываться продолжим продолжить перейдем перейти
  перейдите переключимся переключиться переключитесь ответьте отвечайте ответить тогда ок окей извините простите если не против возможно хотелось хочу хочется
  предпочитаю предпочел на по в и или есть привет здравствуйте добрый день спасибо умеете знаете понимаете владеете понимаю знаю владею только плохо язык языке то нет да
  can could may we you i us please pls plz let's lets let speak talk write continue switch reply answer respond chat text communicate keep go over to in it would be better easier
  best prefer is ok okay fine if i'd like would sorry hi hello hey do does don't dont not no only my the a for me with this conversation language understand know thanks thank want and`,
)
const cannot =
  /(?:^| )(?:не (?:говорю|говорим|понимаю|знаю|владею|пишу)|плохо (?:говорю|понимаю|знаю|владею)|(?:don't|dont|do not|can't|cannot|can not) (?:speak|understand|know|write|read|talk)|no)(?= )/u
const onlyKnows = /(?:^| )(?:только (?:по|на|говорю|понимаю)|(?:only|just) (?:speak|understand|know|write))/u

/**
 * The language that a message asks for by name: "давайте по-английски", "in English please", "I don't speak Russian". `other`: one that
 * we do not write. Null when it asks for none.
 */
export function askedLanguage(text: string): 'ru' | 'en' | 'other' | null {
  const plain = plainWords(text).replaceAll(
    /по[ -](?=англ|русс|укр|бел|каз|узб|нем|фра|исп|ита|тур|пол|кит|груз)/gu,
    'по ',
  )
  const words = plain.match(/[\p{L}]+(?:'[\p{L}]+)?/gu) ?? []
  if (words.length === 0 || words.length > 14) return null
  const languages = words.flatMap((word) =>
    named.filter(([, name]) => name.test(word)).map(([language]) => language),
  )
  const isAbout = (word: string) => beside.has(word) || named.some(([, name]) => name.test(word))
  if (languages.length === 0 || !words.every(isAbout)) return null
  const [first, second] = languages
  // "Russian or English?" asks us; it names no wish.
  if (second !== undefined && second !== first)
    return cannot.test(plain) || languages.includes('other')
      ? (languages.find((one) => one !== first) ?? null)
      : null
  if (cannot.test(plain) && !onlyKnows.test(plain))
    return first === 'ru' ? 'en' : first === 'en' ? (/\p{Script=Cyrillic}/u.test(plain) ? 'ru' : null) : null
  return first ?? null
}
