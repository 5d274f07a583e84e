import { anyOf, wordsOf } from '@lead/scheduling'
import { plainWords } from '../plain-words.ts'
import { hearStop } from './hear-stop.ts'

const writeOn = anyOf([
  "(?<!не )(?<!больше )(?:пишите|пиши|можете писать|можно писать|продолжайте|продолжаем|интересно|keep (?:writing|going|messaging)|you (?:can|may) (?:write|message|text)|go on|please continue|continue|interested|write to me|don't stop|do not stop)",
])
const stopNow = anyOf([
  'не пишите|не пиши|не надо|не нужно|хватит|больше нет|достаточно|stop|no more|enough|leave',
])
const yes = anyOf([
  'да|ага|угу|верно|правильно|именно|точно|конечно|ок|окей|хорошо|да-да|yes|yeah|yep|yup|right|correct|exactly|sure|ok|okay|please do|please',
])
const no = anyOf(['нет|неа|не|no|nope|nah|not'])

const kind = anyOf(['пожалуйста|спасибо|все|больше|писать|уж|please|thanks|thank|you|that is|that|is|it'])

/** What a person answers to the question whether we shall stop writing; null when the words tell neither. */
export function hearAnswerToStop(text: string): 'stop' | 'go on' | null {
  const plain = plainWords(text)
  if (/\?/u.test(plain)) return 'go on'
  if (hearStop(text) === 'yes') return 'stop'
  if (writeOn.test(plain)) return 'go on'
  if (hearStop(text) === 'maybe' || stopNow.test(plain)) return 'stop'
  const said = wordsOf(plain)
  // "Да, давайте в среду" answers something else.
  if (said.length > 0 && said.every((word) => yes.test(word) || kind.test(word))) return 'stop'
  return no.test(said[0] ?? '') ? 'go on' : null
}
