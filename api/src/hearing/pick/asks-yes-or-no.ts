import { plainWords } from '../plain-words.ts'

const wordsIn = (text: string) => new Set(text.split(/\s+/))

/** What asks for more than a yes. */
const asking = wordsIn(
  `что чего чему чем какой какая какое какие какого какую каких каком каким кто кого кому кем чей чья чьи когда где куда откуда почему
  зачем отчего сколько скольких насколько как каков какова что-то что-нибудь
  what what's whats which who whom whose when where why how`,
)
/** A sentence that begins with one of these is answered by yes or no, whatever stands in it: "Рассказать, как это работает?" */
const inverted = wordsIn(
  `хотите хочешь можно могу можем удобно подойдет подходит согласны согласен интересно готовы готов записать записываю
  забронировать бронирую рассказать показать прислать отправить напомнить позвонить перенести отменить оставить оставляем давайте
  верно правильно правда есть нужна нужен нужно нужны стоит будет
  would could can shall should do does did is are am was were will have has may might want ready ok okay right`,
)
/** Said before what is asked. */
const leadIn = wordsIn(
  `а и ну так тогда кстати скажите подскажите пожалуйста уточните расскажите напишите поделитесь еще интересно
  and so well then also please tell me by the way just`,
)
/** "Можете подсказать, …", "Could you tell me …": what is asked comes after it. */
const asksToTell =
  /^(?:(?:вы )?(?:можете|могли бы|не подскажете|сможете|можешь)\s?(?:ли|вы|бы|мне|нам|пожалуйста)*\s?(?:под|рас)?(?:сказать|скажете)?|подскажете|(?:could|can|would|may|might) (?:you|i)(?: please| kindly)? (?:tell|share|say|let|ask|describe|explain)|do you (?:mind telling|know))(?!\p{L})/u

/**
 * Whether the last question of a text can be answered by a thumb: it asks for a yes or a no, not for a what, a when or one of two.
 * False without a question.
 */
export function asksYesOrNo(text: string): boolean {
  const question = text.match(/[^.!?\n…]*\?+/gu)?.at(-1)
  if (!question) return false
  const words = plainWords(question).match(/[\p{L}'-]+/gu) ?? []
  if (words.some((word) => word === 'или' || word === 'or' || word === 'либо')) return false
  const start = words.findIndex((word) => !leadIn.has(word))
  const asked = start < 0 ? words : words.slice(start)
  const hasAsking = asked.some((word) => asking.has(word))
  if (asksToTell.test(asked.join(' '))) return !hasAsking
  if (inverted.has(asked[0] ?? '') || asked.includes('ли')) return true
  return !hasAsking
}
