import { phrase, plain } from './phrase.ts'

const phrases = {
  price: [
    'дорог*',
    'дешев*',
    '(нет|не хватает|мало) (бюджета|денег)',
    'expensive',
    'cheaper',
    'pricey',
    'costly',
    '(no|short on) (budget|money)',
    'too much',
  ],
  time: [
    'некогда',
    '(нет|мало|не хватает) времени',
    'не (сейчас|ко времени)',
    'рано',
    'позже',
    'подума*',
    'busy',
    '(no|not enough) time',
    'not (right )?now',
    'too early',
    'later',
    'think about it',
  ],
  trust: [
    'не (доверя*|верю|уверен*)',
    'сомнева*',
    'развод*',
    'мошенни*',
    'не сработа*',
    'пробовали',
    'scam',
    "(don't|do not) trust",
    'not (sure|convinced)',
    'tried',
  ],
  competitor: [
    'конкурент*',
    'друг* (компани*|подрядчик*)',
    'уже (работаем|пользуемся)',
    'competitor*',
    'another (company|vendor|agency)',
    'already (use|work with)',
  ],
  authority: [
    'посовет*',
    '(шеф*|директор*|руковод*|партнер*|начальни*|муж*|жен*) ?(решает|против|должен)?',
    '(ask|check with|talk to) my',
    'my (boss|partner|manager|husband|wife)',
  ],
} as const

export type Objection = keyof typeof phrases | 'other'

const patterns = Object.entries(phrases).map(
  ([name, words]) => [name as keyof typeof phrases, phrase([...words])] as const,
)

/** What objections are about, by words; `other` when none of them tells. */
export function objectionsIn(said: string): Objection[] {
  const text = plain(said)
  const found = patterns.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
  return found.length > 0 ? found.slice(0, 3) : ['other']
}
