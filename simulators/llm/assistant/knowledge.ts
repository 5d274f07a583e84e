import type { Language } from '../brain/turn.ts'
import { languageOf } from '../classifier/language.ts'
import { wordsOf } from '../classifier/phrase.ts'

/** Words that ask for the same thing; a word counts as all words of its group. */
const sameThing = [
  [
    'сколько',
    'цена',
    'цены',
    'стоит',
    'стоимость',
    'дорого',
    'прайс',
    'price',
    'cost',
    'much',
    'expensive',
    'pricing',
  ],
  ['срок', 'сроки', 'долго', 'быстро', 'недели', 'long', 'fast', 'weeks'],
  ['созвон', 'разговор', 'встреча', 'call', 'talk', 'meeting', 'demo'],
  ['подключаем', 'интеграция', 'умеете', 'connect', 'integrate', 'integration'],
  ['команда', 'командами', 'человек', 'размер', 'team', 'teams', 'people', 'size'],
].map((group) => new Set(group.map(stem)))
const common = new Set([
  'этот',
  'если',
  'есть',
  'можно',
  'what',
  'with',
  'that',
  'this',
  'your',
  'have',
  'does',
  'will',
])

/** Facts of the knowledge text in one language. A line may hold both, as "Russian / English". */
export function factsIn(knowledge: string, language: Language): string[] {
  return knowledge
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+\.)\s+/, '').trim())
    .filter((line) => line && !line.startsWith('#'))
    .flatMap((line) => line.split(' / '))
    .map((part) => part.trim())
    .filter((part) => languageOf(part, language) === language && !/\d:\d\d/.test(part))
}

/** The fact that shares the most words with the question, or undefined when none shares any. */
export function factFor(question: string, knowledge: string, language: Language): string | undefined {
  const asked = termsOf(question)
  const scored = factsIn(knowledge, language)
    .map((fact) => ({ fact, score: [...termsOf(fact)].filter((term) => asked.has(term)).length }))
    .filter(({ score }) => score > 0)
  return scored.toSorted((a, b) => b.score - a.score)[0]?.fact
}

function termsOf(text: string): Set<string> {
  const stems = wordsOf(text)
    .filter((word) => word.length >= 4 && !common.has(word))
    .map(stem)
  const groups = sameThing.flatMap((group, index) =>
    stems.some((one) => group.has(one)) ? [`group ${index}`] : [],
  )
  return new Set([...stems, ...groups])
}

function stem(word: string): string {
  return word.slice(0, word.length > 6 ? 5 : 4)
}
