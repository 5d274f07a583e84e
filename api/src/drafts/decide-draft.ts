import { type Decision, wants } from '@lead/contract'
import type { PoolClient } from 'pg'
import type { App } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { lockLead, requireLead } from '../leads/lead.ts'
import { whyOnlyThought } from '../leads/only-thought.ts'
import { setControl } from '../leads/set-control.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { maskName } from '../replies/mask-name.ts'
import { checkAction } from '../turns/check-reply.ts'
import { scheduleTurn, startDecidedTurn } from '../turns/engine/engine.ts'
import { applyToLead, takeTime } from '../turns/journal-decision.ts'
import { reasonForSilence } from '../turns/reason-for-silence.ts'
import { type Draft, waitingDraft } from './draft.ts'

export type Approval =
  | { outcome: 'approved'; turnId: number }
  /** It was decided about already, or a newer one took its place. */
  | { outcome: 'gone' }
  /** What it rests on is no longer so: it is thrown away. */
  | { outcome: 'outdated'; reason: string }
  /** Nothing changed; the caller can do something about it. */
  | { outcome: 'refused'; reason: string }

type Asked = { leadId: number; draftId: number; by: string }

/**
 * Lets a draft through, with other words when a human wrote some. What the assistant decided becomes a turn whose decision is there already:
 * its time is taken here and now, n8n carries it out as any other, and newer words of the lead outdate it as any other. When its time is
 * taken meanwhile the assistant thinks anew.
 */
export async function approveDraft(
  app: App,
  { leadId, draftId, by, reply }: Asked & { reply: string | null },
): Promise<Approval> {
  const answer = await inTransaction(app.db, async (tx): Promise<Approval> => {
    const lead = await requireLead(lockLead(tx, leadId))
    const draft = await waitingDraft(tx, leadId)
    if (draft?.id !== draftId || draft.kind !== 'approval') return { outcome: 'gone' }
    const seen = { lead_id: leadId, seen_message_id: draft.seen_message_id, seen_at: draft.seen_at }
    const meeting = await bookedMeeting(tx, leadId)
    const outdated =
      (await reasonForSilence(tx, seen, lead, app.now())) ??
      (draft.turn_kind === 'reminder' && !meeting ? 'there is no meeting to remind of' : null)
    if (outdated) {
      await endDraft(tx, draft, { state: 'superseded', by: null, reason: outdated })
      return { outcome: 'outdated', reason: outdated }
    }
    const onlyThought = await whyOnlyThought(app, tx, leadId)
    if (onlyThought) return { outcome: 'refused', reason: `Nothing is sent: ${onlyThought}` }
    const decision = reply === null ? draft.decision : withReply(draft.decision, reply)
    const problem = checkAction(
      decision,
      maskName(decision.sales.reply, lead.contact_name ?? lead.name).masked,
      meeting !== null,
    )
    if (problem) return { outcome: 'refused', reason: problem }
    const turnId = await startDecidedTurn(tx, {
      leadId,
      kind: draft.turn_kind,
      decision,
      seen: { messageId: draft.seen_message_id, at: draft.seen_at },
    })
    if (turnId === null)
      return { outcome: 'refused', reason: 'The assistant is just thinking about this lead; wait a moment' }
    const taken = await takeTime(app, tx, { id: turnId, refusals: 0 }, lead, decision, meeting)
    if (taken) {
      await tx.query('delete from turns where id = $1', [turnId])
      await endDraft(tx, draft, { state: 'superseded', by: null, reason: taken })
      await scheduleTurn(tx, { leadId, kind: draft.turn_kind, quietMs: 0, longestMs: 0 })
      return { outcome: 'outdated', reason: taken }
    }
    await endDraft(tx, draft, { state: 'approved', by, turnId, reply })
    await carryOut(tx, draft, { turnId, lead, decision })
    await audit(tx, {
      actor: by,
      action: 'draft.approved',
      leadId,
      turnId,
      details: { draft: draft.id, action: decision.sales.action, edited: reply !== null },
    })
    return { outcome: 'approved', turnId }
  })
  app.wake.up('turns')
  return answer
}

/** Nothing of it is said; the lead is the human's, who knows better. */
export async function rejectDraft(
  app: App,
  { leadId, draftId, by, reason }: Asked & { reason: string },
): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    const draft = await waitingDraft(tx, leadId)
    if (draft?.id !== draftId) return false
    await endDraft(tx, draft, { state: 'rejected', by, reason })
    await audit(tx, {
      actor: by,
      action: 'draft.rejected',
      leadId,
      turnId: draft.turn_id,
      details: { draft: draft.id, kind: draft.kind, reason },
    })
    if (draft.kind === 'approval')
      await setControl(tx, leadId, {
        control: 'human',
        source: 'operator',
        by,
        reason: `rejected: ${reason}`,
      })
    return true
  })
}

/** A list that other words still refer to stays; the rest is the human's. */
const withReply = (decision: Decision, reply: string): Decision => ({
  ...decision,
  sales: { ...decision.sales, reply },
})

async function carryOut(
  tx: PoolClient,
  draft: Draft,
  { turnId, lead, decision }: { turnId: number; lead: Parameters<typeof applyToLead>[2]; decision: Decision },
): Promise<void> {
  // A question whether we shall stop counts as asked only now.
  const { origin, classification } = decision
  if (origin === 'code' && classification && wants(classification).includes('opt_out'))
    await tx.query('update leads set stop_asked_at = now() where id = $1', [lead.id])
  // And the question where the invitation goes is this turn's.
  await tx.query('update leads set asked_email_turn_id = $3 where id = $1 and asked_email_turn_id = $2', [
    lead.id,
    draft.turn_id,
    turnId,
  ])
  await applyToLead(tx, turnId, lead, decision)
}

type End =
  | { state: 'superseded'; by: null; reason: string }
  | { state: 'rejected'; by: string; reason: string }
  | { state: 'approved'; by: string; turnId: number; reply: string | null }

const endDraft = (tx: Queryable, { id }: Draft, end: End) =>
  tx.query(
    `update drafts set state = $2, decided_at = now(), decided_by = $3, reason = $4, approved_turn_id = $5, edited_reply = $6
     where id = $1`,
    [
      id,
      end.state,
      end.by,
      'reason' in end ? end.reason : null,
      'turnId' in end ? end.turnId : null,
      'reply' in end ? end.reply : null,
    ],
  )
