import { emailPattern } from '../person/plain-line.ts'

const word = String.raw`[\p{L}\p{N}_%+-]{1,64}`
const dot = String.raw`(?:\.|,|\s(?:точка|тчк|dot)\s|\s?[(\[{](?:dot|точка)[)\]}]\s?)`
const local = String.raw`(?<![\p{L}\p{N}._%+-])${word}(?:(?:\.|\s(?:точка|dot)\s)${word}){0,4}`
const hosts =
  '(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|proton|protonmail|mail|yandex|ya|rambler|bk|inbox|list|гмейл|гмайл|джимейл|мейл|майл|яндекс|рамблер)'
const ending = String.raw`${word}(?:${dot}\p{L}{2,12}){1,3}`

/** E-mails, also as people write them who have no @ at hand, or want no machine to read it. */
export const emails = [
  emailPattern,
  new RegExp(String.raw`${local}\s?(?:[@＠]|[(\[{]\s?(?:at|эт|собака)\s?[)\]}])\s?${ending}`, 'giu'),
  new RegExp(
    String.raw`${local}\s(?:at|эт)\s(?:${hosts}(?:${dot}\p{L}{2,12})?|${word}\sdot\s\p{L}{2,12})(?![\p{L}\p{N}])`,
    'giu',
  ),
  new RegExp(
    String.raw`${local}\s(?:собака|собачка)\s(?:${hosts}(?![\p{L}\p{N}])(?:${dot}\p{L}{2,12})?|${ending})`,
    'giu',
  ),
  new RegExp(String.raw`${local}[@＠]${word}`, 'giu'),
]

const services =
  '(?:тг|tg|телег[аеуи]|телеграмм?[аеу]?|telegram|инст[аеу]|инстаграмм?[ае]?|insta?|instagram|skype|скайпе?|discord|дискорде?|viber|вайбере?|вк|vk|вконтакте|linkedin|facebook|fb|wechat|line|signal|ник|nick|nickname|username|юзернейм|логин|login)'
const sites =
  '(?:t\\.me|telegram\\.me|wa\\.me|vk\\.com|vk\\.ru|ok\\.ru|m\\.me|instagram\\.com|facebook\\.com|fb\\.com|linkedin\\.com|x\\.com|twitter\\.com)'

/** Accounts: addresses, @names, and what stands behind the name of a service and looks like nothing but an account. */
export const accounts = [
  new RegExp(String.raw`(?:https?:\/\/)?(?:www\.)?${sites}\/[\w.+/-]+|tg:\/\/\S+`, 'giu'),
  /(?<![\p{L}\p{N}@.])@[a-z]\w{3,31}/giu,
  new RegExp(
    String.raw`(?<=(?<!\p{L})${services}(?:\sis|\sэто)?\s?[:=–—-]?\s?)[a-z][a-z\d]*[._#:\d][a-z\d_.#:]*[a-z\d]`,
    'giu',
  ),
  new RegExp(String.raw`(?<=(?<!\p{L})${services}\s?[:=]\s?)[a-z][a-z\d_.]{3,31}`, 'giu'),
]

/** What is no phone of any country's plan, but was written as one. */
export const dialled = /(?<![\p{L}\p{N}+])\+\d[\d\s()._-]{6,20}\d/gu

const figures = String.raw`\d(?:[\s()._‐-―-]{0,2}\d){9,21}`
const longNumber = new RegExp(String.raw`(?<![\p{L}\p{N}.,:_+(])\(?${figures}(?![\p{N}:])`, 'gu')
const sum = /^\d{1,3}(?:[\s.]\d{3})+$/u
const date =
  /(?<!\d)(?:\d{1,2}[.\s/-]\d{1,2}[.\s/-](?:19|20)\d\d|(?:19|20)\d\d[.\s/-]\d{1,2}[.\s/-]\d{1,2})(?!\d)/u
const onlyPairs = /^\d{1,2}(?:\D+\d{1,2})*$/u

const digitWords =
  'ноль|нуль|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать|' +
  'двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|' +
  'zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred'
const spoken = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:плюс|plus)\s)?(?:(?:${digitWords}|\d{1,11})[\s,.-]{1,2}){3,24}(?:${digitWords}|\d{1,11})(?![\p{L}\p{N}:])`,
  'giu',
)
const spokenWord = new RegExp(String.raw`(?<!\p{L})(?:${digitWords})(?!\p{L})`, 'giu')

/** Ten figures and more that are no sum, date or hours: phones of other countries, cards, numbers of documents. */
export const isLongNumber = (words: string) => !sum.test(words) && !date.test(words) && !onlyPairs.test(words)

/** A number said in words: at least three of them, and so many that nobody means an amount. */
export const isSpokenNumber = (words: string) => {
  const said = words.match(spokenWord)?.length ?? 0
  return said >= 2 && said + (words.match(/\d/g)?.length ?? 0) >= 7
}
export const numbers: [pattern: RegExp, isOne: (words: string) => boolean][] = [
  [dialled, () => true],
  [longNumber, isLongNumber],
  [spoken, isSpokenNumber],
]
