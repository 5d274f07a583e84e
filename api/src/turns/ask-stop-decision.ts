import { classifierVersion, type Decision, type Proposal, salesVersion } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'

/** A doubtful wish that we stop is asked back, once. */
export const askStopDecision = (proposal: Proposal, language: Language): Decision => ({
  ...proposal,
  sales: {
    reply: texts[language].lead.askWhetherToStop,
    action: 'talk',
    offerId: null,
    note: texts[language].card.saidByCode.askedWhetherToStop,
  },
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})
