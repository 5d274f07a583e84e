import type { Proposal, Sales } from '@lead/contract'
import { ownWords } from '../../api/src/knowledge/read-knowledge.ts'
import { knownText } from '../../api/src/replies/known-text.ts'
import type { ReplyRule } from '../../api/src/replies/reply-rule.ts'
import type { Business } from '../../api/src/settings/business.ts'
import { judgeProposal } from '../../api/src/turns/judge-proposal.ts'
import { evalNow, evalZone } from '../labels/talk-of.ts'

/** Why a message may not be sent; null when it may. */
export type JudgeReply = (sales: Sales, lead: { said: string; name: string }) => string | null

/** What the API refuses before anything is sent, for a lead without a meeting and without offers. */
export function replyJudge(business: Business, rules?: ReplyRule[]): JudgeReply {
  const known = knownText(business)
  return (sales, { said, name }) => {
    const proposal: Proposal = {
      classification: null,
      sales,
      offers: [],
      wishFree: null,
      notFree: [],
      wishUnclear: false,
      plan: null,
    }
    return judgeProposal(proposal, {
      items: business.knowledge,
      own: ownWords(business, [name, said]),
      known,
      hasMeeting: false,
      name,
      now: new Date(evalNow),
      timeZone: evalZone,
      booked: undefined,
      manners: null,
      ...(rules && { rules }),
    }).problem
  }
}
