import { parseDocument } from 'yaml'
import { inEachLanguage, type Texts } from '../../texts/index.ts'
import type { Interview } from '../terminal/interview.ts'
import {
  calendarOf,
  countryOf,
  idOf,
  languageOf,
  lineOf,
  minutesOf,
  type ReadAnswer,
  zoneOf,
} from './read-answers.ts'

type Text = Texts['terminal']['newBusiness']
type Asked = keyof Text['questions']
type Question = {
  name: Asked
  read: ReadAnswer
  /** Taken when Enter is pressed: a value, or what was answered to another question; without one there has to be an answer. */
  usual?: string | Asked
  paths: string[][]
}

const line = lineOf(100)
const sentence = lineOf(500)

const questionsOf = (zone: string): Question[] => [
  { name: 'companyRu', read: line, paths: [['company', 'name', 'ru']] },
  { name: 'companyEn', read: line, usual: 'companyRu', paths: [['company', 'name', 'en']] },
  {
    name: 'sellerRu',
    read: line,
    paths: [
      ['company', 'seller', 'ru'],
      ['sellers', '0', 'name', 'ru'],
    ],
  },
  {
    name: 'sellerEn',
    read: line,
    usual: 'sellerRu',
    paths: [
      ['company', 'seller', 'en'],
      ['sellers', '0', 'name', 'en'],
    ],
  },
  { name: 'offerRu', read: sentence, paths: [['company', 'offer', 'ru']] },
  { name: 'offerEn', read: sentence, usual: 'offerRu', paths: [['company', 'offer', 'en']] },
  { name: 'language', read: languageOf, usual: 'ru', paths: [['language']] },
  { name: 'zone', read: zoneOf, usual: zone, paths: [['timeZone'], ['sellers', '0', 'timeZone']] },
  { name: 'country', read: countryOf, usual: 'RU', paths: [['country']] },
  { name: 'calendar', read: calendarOf, usual: 'default', paths: [['sellers', '0', 'calendar']] },
  { name: 'minutes', read: minutesOf(5, 480), usual: '30', paths: [['meeting', 'durationMin']] },
]

/**
 * Asks what a business of one's own needs, each question until its answer can be used.
 * @param sample the business.yaml whose other settings are kept
 * @param zone of this machine
 * @returns the file's text; null: the person left
 */
export async function askBusiness(
  person: Interview,
  { sample, zone, text }: { sample: string; zone: string; text: Text },
): Promise<string | null> {
  const document = parseDocument(sample)
  const set = (path: string[], value: unknown) =>
    document.setIn(
      path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      value,
    )
  const answers: Partial<Record<Asked, string | number>> = {}
  for (const question of questionsOf(zone)) {
    const answer = await askUntilRead(person, question, answers, text)
    if (answer === null) return null
    answers[question.name] = answer
    for (const path of question.paths) set(path, answer)
  }
  set(['sellers', '0', 'id'], idOf(String(answers.sellerEn), 'seller'))
  // The sample's own speaks of its seller as a woman.
  set(
    ['company', 'disclosure'],
    inEachLanguage(({ terminal }) => terminal.newBusiness.disclosure),
  )
  return document.toString({ lineWidth: 0 })
}

async function askUntilRead(
  person: Interview,
  { name, read, usual = '' }: Question,
  answers: Partial<Record<Asked, string | number>>,
  text: Text,
): Promise<string | number | null> {
  const otherwise = String(answers[usual as Asked] ?? usual)
  for (;;) {
    const typed = await person.ask(`${text.questions[name]}${otherwise && ` [${otherwise}]`}: `)
    if (typed === null) return null
    const answer = read(typed === '' ? otherwise : typed)
    if (answer !== null) return answer
    person.say(`  ${text.wanted[name]}`)
  }
}
