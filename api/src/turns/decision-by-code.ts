import { classifierVersion, type Decision, type Proposal, type Sales, salesVersion } from '@lead/contract'

/** A decision whose words are ours, because code knows the answer. */
export const decisionByCode = (proposal: Proposal, sales: Omit<Sales, 'offerId'>): Decision => ({
  ...proposal,
  sales: { ...sales, note: sales.note.slice(0, 500), offerId: null },
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})
