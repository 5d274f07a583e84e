/**
 * Words that end the conversation before any model is asked. Only whole, unmistakable phrases: "стоп" inside a sentence about
 * something else is no opt-out, and the classifier still hears the soft ones.
 */
const phrases: RegExp[] = [
  /^\W*(?:стоп|stop|unsubscribe|отпишите|отписаться|отписка|\/stop)\W*$/iu,
  /(?<!\p{L})не\s+(?:надо\s+)?(?:мне\s+)?(?:больше\s+)?(?:мне\s+)?(?:пишите|пиши|писать|беспокойте|звоните)(?:\s+(?:мне\s+)?(?:больше|сюда))?(?!\p{L})(?!\s+(?:до|после|в|на|по|раньше|позже|пока|сегодня|завтра|\d))/iu,
  /(?<!\p{L})(?:отстаньте|отвалите|отвяжитесь|удалите\s+мой\s+(?:номер|контакт))(?!\p{L})/iu,
  /(?<!\p{L})(?:перестаньте|прекратите|хватит)\s+(?:мне\s+)?писать(?!\p{L})/iu,
  /\b(?:stop|quit)\s+(?:texting|messaging|writing|contacting)(?:\s+me)?\b/iu,
  /\b(?:do\s*n[o']t|never)\s+(?:text|message|write|contact)\s+(?:to\s+)?me(?:\s+(?:again|any\s*more))?\b(?!\s+(?:before|after|until|on|at|today|tomorrow|later))/iu,
  /\b(?:leave\s+me\s+alone|remove\s+(?:me|my\s+number))\b/iu,
]

/** Whether the person asks not to be written to any more, in words that leave no doubt. Russian and English. */
export const isOptOut = (text: string): boolean => {
  const plain = text.normalize('NFKC').replaceAll('ё', 'е').replaceAll('’', "'").trim()
  return phrases.some((phrase) => phrase.test(plain))
}
