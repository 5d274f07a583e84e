import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { answerUnanswered } from './answer-unanswered.ts'
import type { ControlSource } from './lead.ts'
import { announce } from '../webhooks/announce.ts'
import { cancelWaiting, liftOptOut } from './stop-writing.ts'

export type Control = {
  control: 'ai' | 'human' | 'paused'
  until?: Date | null
  /** What it follows from; code asks for this. */
  source: ControlSource
  /** Who, and why, in words for people. */
  by: string
  reason: string
  turnId?: number
}

/**
 * The only writer of who talks to the lead. A human who gives it back gives it a new budget. What the assistant had not sent yet is cancelled when somebody else takes over; when it
 * hands over by its own decision, what it had to say is still said.
 */
export async function setControl(
  tx: Queryable,
  leadId: number,
  { control, until, source, by, reason, turnId }: Control,
): Promise<void> {
  await tx.query(
    `update leads set control = $2, control_until = $3, control_by = $4, control_reason = $5, control_source = $6,
       control_since = now(), updated_at = now(),
       budget_from = case when $2 = 'ai' and control = 'human' and control_source <> 'loop' then now() else budget_from end,
       transcript_due_at = case when $2 = 'ai' then transcript_due_at else now() end
     where id = $1`,
    [leadId, control, control === 'paused' ? (until ?? null) : null, by, reason, source],
  )
  if (control !== 'ai' && source !== 'decision') await cancelWaiting(tx, leadId, `${by} took over: ${reason}`)
  if (control === 'human') await announce(tx, { type: 'lead.handed_off', data: { leadId, source } })
  await audit(tx, {
    actor: by,
    action: `control.${control}`,
    leadId,
    ...(turnId === undefined ? {} : { turnId }),
    details: { source, reason, until },
  })
}

/** Gives the lead back to the assistant, which answers what was left unanswered; may lift an opt-out, which only a human does. */
export async function handBack(
  app: Ports<'db' | 'wake'>,
  leadId: number,
  { by, reason, liftsOptOut }: { by: string; reason: string; liftsOptOut: boolean },
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    await setControl(tx, leadId, { control: 'ai', source: 'operator', by, reason })
    if (liftsOptOut) await liftOptOut(tx, leadId, { by, reason })
    await answerUnanswered(tx, leadId)
  })
  app.wake.up('turns')
}
