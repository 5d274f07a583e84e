import { words } from '../compile-pattern.ts'
import { hearDeeds } from './hear-deeds.ts'

/** A human is named in any way, or that somebody will write. */
const humanNamed = words(
  String.raw`коллег\p{L}*|менеджер\p{L}*|специалист\p{L}*|руководител\p{L}*|человек\p{L}*|оператор\p{L}*|сотрудник\p{L}*|напишут|ответят|свяжутся|перезвонят|передам|передаю|передала`,
  String.raw`colleagues?|manager|specialist|human|person|operator|team|someone|somebody|supervisor|in\s+touch`,
)
const cancelNamed = words(
  String.raw`отмен\p{L}*|снимаю|снял[аи]?|убрал[аи]?|cancel\p{L}*|call(?:ed|ing)?\s+(?:it\s+)?off`,
)

export const saysCancelled = (reply: string): boolean => reply.toLowerCase().search(cancelNamed) >= 0

/** Whether a reply lets the lead know that a human is to write. */
export const saysHuman = (reply: string, names: string[]): boolean => {
  const text = reply.toLowerCase()
  return (
    text.search(humanNamed) >= 0 ||
    hearDeeds(reply, names).size > 0 ||
    names.some((name) => text.includes(stem(name)))
  )
}
const stem = (name: string) => name.toLowerCase().slice(0, Math.max(3, name.length - 1))
