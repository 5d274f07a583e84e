import { classifierVersion, type Decision, type Proposal, salesVersion } from '@lead/contract'
import { languages, texts, toForeigner } from '../../../texts/index.ts'

const names = new Intl.DisplayNames('en', { type: 'language' })
const ours = new Intl.ListFormat('en', { type: 'disjunction' }).format(
  languages.map((language) => names.of(language) ?? language).toSorted(),
)

/** Who writes in a language that we do not write is told so in English, and a human takes over. */
export const foreignDecision = (proposal: Proposal): Decision => ({
  ...proposal,
  sales: {
    reply: toForeigner(ours),
    action: 'handoff',
    offerId: null,
    note: languages.map((language) => texts[language].task.foreignLanguage).join(' / '),
  },
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})
