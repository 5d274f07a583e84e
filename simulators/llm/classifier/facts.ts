import { phrase, plain, sentencesOf, wordsOf } from './phrase.ts'
import { meetingWords } from './time-words.ts'

export type Facts = {
  need: string | null
  budget: string | null
  timeline: string | null
  authority: string | null
  email: string | null
}

const money = String.raw`(?:(?:₽|\$|€|£)\s?\d[\d\s.,]*(?:k|m)?|\d[\d\s.,]*\s?(?:(?:тысяч\p{L}*|тыс\.?|млн\.?|миллион\p{L}*|к|k|m)\s?)?(?:руб\p{L}*|р\.?|₽|долл\p{L}*|евро|usd|eur|gbp|dollars|euros|\$|€|£)|\d[\d\s.,]*\s?(?:тысяч\p{L}*|тыс\.?|млн\.?|миллион\p{L}*))(?![\p{L}\p{N}])`
const budget = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:бюджет|budget)[^.!?\n]{0,30}?)?(?:(?:до|от|около|примерно|up to|about|around|under)\s+)?${money}|(?<![\p{L}\p{N}])(?:бюджет\p{L}*|budget)\s[^,.!?\n]{0,30}\d[\d\s]*k?`,
  'iu',
)
const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u
const authority = phrase([
  'я~(директор*|владел*|собственни*|руководител*|основател*)',
  'я (сам|сама)?~(решаю|принимаю решени*)',
  'решени*~принима*',
  'принимает решени*',
  'решает',
  'решаем вместе',
  '(согласовать|посоветоваться|обсудить) с (шеф*|директор*|руковод*|партнер*|начальни*|муж*|жен*|коллег*|босс*)',
  "(i'm|i am) (the|a)~(owner|ceo|founder|director|head|manager)",
  'i (decide|make the decision*)',
  "(boss|manager|director|partner|ceo|wife|husband|team|board)('s)? (decides?|has to|will decide|needs? to|approves?|makes)",
  '(check|talk|discuss it|ask)( with)? my (boss|manager|director|partner|wife|husband|team)',
])
const timeline = phrase([
  '(до|к|с) (нов* год*|конц* (года|месяца|квартала)|лет[ауо]|осени|зим[еы]|весн[еы]|сезон*|январ*|феврал*|март*|апрел*|ма[яю]|июн*|июл*|август*|сентябр*|октябр*|ноябр*|декабр*)',
  'в (этом|следующем) (квартале|году|месяце)',
  'в течени[ие] (месяца|недели|квартала|года|\\d+ (дней|недель|месяцев))',
  '(за|через) (\\d+|пару|два|три) (недел*|месяц*)',
  'как можно (скорее|быстрее)',
  'срочно',
  'чем раньше',
  '(by|before) (the )?(end of the (year|month|quarter)|new year|christmas|summer|autumn|fall|winter|spring|q[1-4]|january|february|march|april|june|july|august|september|october|november|december)',
  '(this|next) (quarter|month|year|summer|spring|autumn|winter)',
  'in q[1-4]',
  'within (a|\\d+|two|three) (weeks?|months?)',
  'asap',
  'as soon as possible',
])
const needWords = phrase([
  'нужн*',
  'надо',
  'хотим',
  'хочу',
  'хотелось бы',
  'ищем',
  'ищу',
  'теря*',
  'проблем*',
  'задач*',
  'автоматизир*',
  'не успева*',
  'настро*',
  'подключ*',
  'внедр*',
  'пропуска*',
  'need',
  'want',
  'would like',
  'looking for',
  'lose',
  'losing',
  'struggl*',
  'problem*',
  'automat*',
  'miss(ing)?',
  'connect',
  'integrat*',
])
const meeting = phrase([...meetingWords, 'запис*'])

/** What the new messages say of the lead's case, in the lead's words. @param interested the intent is `interested` */
export function factsOf(text: string, interested: boolean): Facts {
  const sentences = sentencesOf(text)
  return {
    need: needOf(sentences, interested),
    budget: cut(sameWords(text, budget)),
    timeline: cut(sameWords(text, timeline)),
    authority: cut(sentences.find((sentence) => authority.test(plain(sentence)))),
    email: cut(email.exec(text)?.[0]),
  }
}

function needOf(sentences: string[], interested: boolean): string | null {
  const substantive = sentences.filter((sentence) => {
    const text = plain(sentence)
    if (sentence.endsWith('?') || wordsOf(sentence).length < 3 || email.test(sentence)) return false
    return needWords.test(text)
      ? !meeting.test(text)
      : interested && !authority.test(text) && !budget.test(text)
  })
  const wished = substantive.filter((sentence) => needWords.test(plain(sentence)))
  const from = wished.length ? wished : substantive
  return cut(from.toSorted((a, b) => b.length - a.length)[0])
}

/** `plain` keeps positions, so the match can be cut out of the original. */
function sameWords(text: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(plain(text))
  return match ? text.slice(match.index, match.index + match[0].length).replace(/[\s,]+$/, '') : undefined
}

const cut = (text: string | undefined) => text?.slice(0, 500) ?? null
