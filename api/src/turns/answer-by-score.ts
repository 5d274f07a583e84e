import {
  type Decision,
  type Facts,
  intents,
  type Proposal,
  type Qualification,
  scoreFacts,
  wants,
} from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'
import { decisionByCode } from './decision-by-code.ts'

/** What the score decides where business.yaml says so: a human takes the lead over, or the talk ends; null: nothing. */
export function answerByScore(
  proposal: Proposal,
  {
    facts,
    rules,
    language,
    forPeople,
  }: { facts: Facts; rules: Qualification; language: Language; forPeople: Language },
): Decision | null {
  // A lead who speaks of a time is served first, and what the model ends or hands over by itself stays as it is.
  const { classification, sales } = proposal
  if (!['talk', 'offer_times'].includes(sales.action)) return null
  if (classification && wants(classification).some((one) => intents[one].aboutTime)) return null
  if (Object.values(facts).every((value) => !value)) return null
  const { score } = scoreFacts(facts, rules)
  const { lead } = texts[language]
  const { saidByCode } = texts[forPeople].card
  if (rules.handOffAt !== null && score >= rules.handOffAt)
    return decisionByCode(proposal, {
      reply: lead.handedOverByScore,
      action: 'handoff',
      note: saidByCode.handedOverByScore(score),
    })
  if (rules.closeAt !== null && score <= rules.closeAt)
    return decisionByCode(proposal, {
      reply: lead.closedByScore,
      action: 'close',
      note: saidByCode.closedByScore(score),
    })
  return null
}
