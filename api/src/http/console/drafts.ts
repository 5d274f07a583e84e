import { z } from 'zod'
import type { App } from '../../app.ts'
import { setApproval } from '../../console/set-approval.ts'
import { approveDraft, rejectDraft } from '../../drafts/decide-draft.ts'
import { suggestReply } from '../../drafts/suggest-reply.ts'
import { leadOr404 } from '../find-or-404.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone, leadParams } from './describe-route.ts'
import { userOf } from './guard.ts'

const draftParams = leadParams.extend({ draftId: idParam })
/** As long as a decision may be. */
const longestReply = 1500

/** What the assistant decided and a human lets through or not; and words for who has the lead. */
export function addDrafts(server: Server, app: App): void {
  server.post(
    '/console/leads/:leadId/drafts/:draftId/approve',
    {
      schema: {
        ...forPeople('Lets through what the assistant decided, with other words when some are given'),
        params: draftParams,
        body: z.object({ reply: plainText(longestReply).optional() }),
        response: { 200: z.object({ turnId: z.number() }) },
      },
    },
    async (request) => {
      const { leadId, draftId } = request.params
      await leadOr404(app.db, leadId)
      const { reply = null } = request.body
      const answer = await approveDraft(app, { leadId, draftId, by: userOf(request).name, reply })
      if (answer.outcome === 'gone') throw new Problem('conflict', 'This draft does not wait any more')
      if (answer.outcome === 'outdated') throw new Problem('conflict', `Not sent: ${answer.reason}`)
      if (answer.outcome === 'refused') throw new Problem('conflict', answer.reason)
      return { turnId: answer.turnId }
    },
  )

  server.post(
    '/console/leads/:leadId/drafts/:draftId/reject',
    {
      schema: {
        ...forPeople('Throws a draft away; the lead is yours from now on'),
        params: draftParams,
        body: z.object({ reason: plainText(500) }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { leadId, draftId } = request.params
      await leadOr404(app.db, leadId)
      const { reason } = request.body
      if (!(await rejectDraft(app, { leadId, draftId, by: userOf(request).name, reason })))
        throw new Problem('conflict', 'This draft does not wait any more')
      return isDone
    },
  )

  server.post(
    '/console/leads/:leadId/approval',
    {
      schema: {
        ...forPeople('Whether the decisions for this lead wait for a human; null: as the business has it'),
        params: leadParams,
        body: z.object({ needs: z.boolean().nullable() }),
        response: { 200: done },
      },
    },
    async (request) => {
      await leadOr404(app.db, request.params.leadId)
      await setApproval(app, request.params.leadId, { by: userOf(request).name, needs: request.body.needs })
      return isDone
    },
  )

  server.post(
    '/console/leads/:leadId/suggest',
    {
      schema: {
        ...forPeople('Asks the assistant for words for a lead that a human has; nothing is sent'),
        params: leadParams,
        response: { 202: done },
      },
    },
    async (request, reply) => {
      await leadOr404(app.db, request.params.leadId)
      const answer = await suggestReply(app, request.params.leadId)
      if (answer !== 'asked')
        throw new Problem(
          'conflict',
          answer === 'opted out'
            ? 'This person asked not to be written to'
            : 'The assistant answers this lead itself',
        )
      return reply.code(202).send(isDone)
    },
  )
}
