import { classifierVersion, type Decision, type Proposal, salesVersion } from '@lead/contract'

/** Who writes in a language that we do not write is told so in English, and a human takes over. */
export const foreignDecision = (proposal: Proposal): Decision => ({
  ...proposal,
  sales: {
    reply:
      'Thank you for your message! I can only write in English or Russian here, so I am passing it to a colleague, who will answer you soon.',
    action: 'handoff',
    offerId: null,
    note: 'Клиент пишет не по-русски и не по-английски: ответьте сами. / The lead writes neither Russian nor English: please answer yourself.',
  },
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})
