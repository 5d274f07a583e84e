import { type FactName, nextQuestion, type Qualification, scoreFacts } from '@lead/contract'
import { type Language, texts } from '../../../texts/index.ts'
import type { Lead } from '../leads/lead.ts'
import type { LearnedFact } from './learn-facts.ts'

/** Nobody reads more of what was said before. */
const mostBefore = 3

/**
 * What is known of a lead and what comes next, in human words, a line each: the score, each fact in the lead's words with what it took the place
 * of, what is missing, the next step.
 * @param when the time of the booked meeting, as people read it; null: none is booked
 */
export function describeStanding(
  lead: Pick<Lead, 'facts' | 'control' | 'opted_out_at' | 'stage'>,
  {
    learned,
    rules,
    language,
    when,
  }: { learned: LearnedFact[]; rules: Qualification; language: Language; when: string | null },
): string[] {
  const say = texts[language].card.standing
  const { score, of } = scoreFacts(lead.facts, rules)
  const line = (name: FactName): string[] => {
    const value = lead.facts[name]
    if (!value) return []
    const ofName = learned.filter((fact) => fact.name === name)
    const beside = [
      ...(ofName.at(-1)?.source === 'card' ? [say.fromCard] : []),
      ...ofName
        .filter(({ replacedAt }) => replacedAt)
        .slice(-mostBefore)
        .map((fact) => say.before(fact.value)),
    ]
    const label = say.factNames[name]
    return [
      `${label.charAt(0).toUpperCase()}${label.slice(1)}: «${value}»${beside.length > 0 ? ` (${beside.join('; ')})` : ''}`,
    ]
  }
  const facts = factOrder(rules).flatMap(line)
  const missing = rules.questions.filter((name) => !lead.facts[name]).map((name) => say.factNames[name])
  return [
    ...(facts.length > 0 ? [say.score({ score, of })] : []),
    ...facts,
    ...(missing.length > 0 && lead.stage !== 'lost' ? [say.unknown(missing.join(', '))] : []),
    nextStep(),
  ]

  function nextStep(): string {
    const ask = nextQuestion(lead.facts, rules)
    if (lead.opted_out_at) return say.next.optedOut
    if (when) return say.next.met(when)
    if (lead.control === 'human') return say.next.human
    if (lead.stage === 'lost') return say.next.lost
    return ask && score < rules.offerTimes.score ? say.next.ask(say.factNames[ask]) : say.next.offer
  }
}

/** As they are asked, then the others. */
const factOrder = ({ questions }: Qualification): FactName[] => [
  ...new Set<FactName>([...questions, 'need', 'budget', 'timeline', 'authority', 'email']),
]
