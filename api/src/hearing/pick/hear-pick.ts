import { fromTranslit } from '@lead/scheduling'
import { plainWords } from '../plain-words.ts'

/**
 * Which of some offered times a whole message takes. `place`: the first is 1; `named` says that it speaks of the list ("the second
 * one"), not only a number. `yes`: it agrees and names none. `warm`: it pleases, which is not yet a yes.
 */
export type PickHeard = { place: number | 'last'; named: boolean } | 'yes' | 'warm'

const wordsIn = (text: string) => new Set(text.split(/\s+/))

/** Signs that say yes, and signs that only say that something is liked. Skin colours and variants fall away before. */
const yesSigns = /[👍👌✅☑✔🤝💯🆗➕🙆]/gu
const warmSigns = /[❤🧡💛💚💙💜🔥🥰😍😘🤩🎉🙏👏😊🙂☺😃😀]/gu

const agreeing = wordsIn(
  `да ага угу ок оке окей окэй окк оки лады ладно хорошо отлично супер класс идет пойдет подходит подойдет подходящее устраивает удобно
  годится договорились согласен согласна давай давайте норм нормально можно го плюс плюсую принято записывайте запишите бронируйте бронь
  yes yep yeah yup ya ok okay okey k kk sure fine good great perfect works work deal agreed cool lovely alright confirmed confirm book`,
)
const courtesy = wordsIn(
  `пожалуйста плиз плз пжл пж пжлст спасибо спс благодарю мерси тогда ну вот мне нам меня это вполне все вам привет я мы так
  please pls plz thanks thank thx ty you that this it s me for is i we m then let lets sounds do fits suits hi the yes`,
)
/** Beside the name of a place in the list. */
const choosing = wordsIn(
  `беру возьму выбираю выберу хочу хотелось бы лучше удобнее больше всего буду можно на за пусть будет остановимся остановлюсь
  i'll take i'd like ll d take choose pick prefer go with would like want the lets`,
)
const listWords = wordsIn(
  'вариант варик вар варианте время слот номер окно пункт вариантом option opt slot one number time choice variant',
)
const ordinals: Record<string, number | 'last'> = {}
for (const [place, forms] of [
  [1, 'первый первое первая первую первого первому первым первом 1й 1ый 1ое 1ая 1ую 1го first 1st'],
  [2, 'второй второе вторая вторую второго второму вторым втором 2й 2ой 2ое 2ая 2ую 2го second 2nd'],
  [3, 'третий третье третья третью третьего третьему третьим 3й 3ий 3ье 3го third 3rd'],
  [4, 'четвертый четвертое четвертая четвертую четвертого 4й 4ый 4ое 4го fourth 4th'],
  [5, 'пятый пятое пятая пятую пятого 5й 5ый 5ое 5го fifth 5th'],
  ['last', 'последний последнее последняя последнюю последнего last'],
] as const)
  for (const form of forms.split(' ')) ordinals[form] = place

/** Numbers in words, only beside a word for the list: "option two". */
const numbers: Record<string, number> = {
  один: 1,
  два: 2,
  три: 3,
  четыре: 4,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  a: 1,
  b: 2,
  c: 3,
}

/** Whether a message is thanks or a greeting and nothing else: beside a pick it changes nothing. */
export const isCourtesy = (text: string): boolean =>
  (plainWords(text).match(/[\p{L}\p{N}]+/gu) ?? ['?']).every(
    (word) =>
      courtesy.has(word) ||
      /^(?:здравствуйте|добрый|день|вечер|утро|доброе|hello|hey|good|morning|afternoon|evening)$/u.test(word),
  )

/**
 * What a message takes by itself, when times are on the table: "2️⃣", "+", "ок", 👍, "второй вариант". Null when anything else is said
 * too: a refusal, a question, another time; that is for the model and the reader of times.
 */
export const hearPick = (text: string): PickHeard | null =>
  hearIn(text) ?? (/\p{Script=Cyrillic}/u.test(text) ? null : hearIn(fromTranslit(text)))

function hearIn(text: string): PickHeard | null {
  const signed = text.replaceAll('№', '#').replaceAll(yesSigns, ' плюс ')
  const isWarm = signed.search(warmSigns) >= 0
  const plain = plainWords(signed.replaceAll(warmSigns, ' '))
  if (plain.includes('?')) return null
  const tokens = plain.replaceAll(/(\d)\s?-\s?(?=\p{L})/gu, '$1').match(/[\p{L}\p{N}]+|[+#]/gu) ?? []
  if (tokens.length === 0) return isWarm ? 'warm' : null
  const isPlus = tokens.every((token) => token === '+') || /^\s*\+\s*1?\s*$/u.test(plain)
  if (isPlus) return 'yes'

  const places: (number | 'last')[] = []
  let named = false
  let agrees = false
  for (const [index, token] of tokens.entries()) {
    const digit = /^[1-9]$/u.test(token) ? Number(token) : null
    const beside = [tokens[index - 1], tokens[index + 1]].some(
      (one) => one !== undefined && (listWords.has(one) || '#'.includes(one)),
    )
    const place = ordinals[token] ?? digit ?? (beside ? numbers[token] : undefined)
    if (place !== undefined && !(token === 'one' && ordinals[tokens[index - 1] ?? ''] !== undefined)) {
      places.push(place)
      if (digit === null || beside) named = true
    } else if (agreeing.has(token)) agrees = true
    else if (!listWords.has(token) && !courtesy.has(token) && !choosing.has(token) && !'+#'.includes(token))
      return null
  }
  const [place, another] = places
  if (place !== undefined) return another === undefined || another === place ? { place, named } : null
  // "Время", "хочу" alone choose nothing.
  const hasMore = tokens.some((token) => listWords.has(token) || choosing.has(token)) && !agrees
  return agrees && !hasMore ? 'yes' : null
}
