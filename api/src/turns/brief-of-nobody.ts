import type { Brief } from '@lead/contract'
import type { Language } from '../leads/lead.ts'
import type { Business } from '../settings/business.ts'
import { truthOf } from './truth-of.ts'

/** What a brief says of a lead of whom nothing is known: in rehearsals and evaluations. */
export const briefOfNobody = (
  business: Business,
  language: Language,
): Pick<Brief, 'facts' | 'card' | 'address' | 'asked' | 'truth' | 'standing'> => ({
  facts: {},
  card: { title: null, source: null, answers: [], found: [], earlier: [] },
  address: 'formal',
  asked: [],
  truth: truthOf(business, { card: {} }, language),
  standing: { rules: business.qualification, answers: 1, justOffered: false, hasMet: false },
})
