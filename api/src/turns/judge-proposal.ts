import type { Proposal } from '@lead/contract'
import { checkCitations } from '../knowledge/check-citations.ts'
import type { KnowledgeItem } from '../knowledge/read-items.ts'
import { cleanText } from '../replies/clean-text.ts'
import { dropJunkName } from '../replies/drop-junk-name.ts'
import { keepOneQuestion } from '../replies/keep-one-question.ts'
import { checkDeeds } from './check-deeds.ts'
import { checkManners, type Manners } from './check-manners.ts'
import { checkProposal, type ProposalFacts } from './check-reply.ts'
import { checkWords, type WordsFacts } from './fits-words.ts'

export type JudgedProposal = {
  /** With the reply as it would be sent. */
  proposal: Proposal
  /** Ids of the knowledge that the reply names. */
  cited: string[]
  /** Why it may not be carried out, for the model's next try; null: as far as code can tell without a database, it may. */
  problem: string | null
}

/** @param facts `items` may be cited, `own` needs no item; `timeZone` is the lead's; `manners` null: of nobody in particular */
export function judgeProposal(
  given: Proposal,
  facts: ProposalFacts & WordsFacts & { items: KnowledgeItem[]; own: string; manners: Manners | null },
): JudgedProposal {
  const cited = checkCitations(cleanText(given.sales.reply), facts.items, facts.own)
  const reply = keepOneQuestion(dropJunkName(cited.text, facts.name))
  const proposal = { ...given, sales: { ...given.sales, reply } }
  const problem =
    checkProposal(proposal, facts) ??
    checkDeeds(proposal, { hasMeeting: facts.hasMeeting, names: facts.known.names }) ??
    (cited.problem && `the reply has a fact without support: ${cited.problem}`) ??
    checkWords(proposal, facts) ??
    (facts.manners && checkManners(proposal, facts.manners))
  return { proposal, cited: cited.cited, problem }
}
