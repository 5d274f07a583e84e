import type { App } from '../app.ts'
import { audit } from '../audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { answerUnanswered } from './answer-unanswered.ts'
import { cancelWaiting } from './stop-writing.ts'

export type Control = {
  control: 'ai' | 'human' | 'paused'
  until?: Date | null
  by: string
  reason: string
}

/** Says who talks to the lead. What the seller had not sent yet is cancelled when a human takes over. */
export async function setControl(
  tx: Queryable,
  leadId: number,
  { control, until, by, reason }: Control,
): Promise<void> {
  await tx.query(
    `update leads set control = $2, control_until = $3, control_by = $4, control_reason = $5, updated_at = now(),
                      transcript_due_at = case when $2 = 'ai' then transcript_due_at else now() end
     where id = $1`,
    [leadId, control, control === 'paused' ? (until ?? null) : null, by, reason],
  )
  if (control !== 'ai') await cancelWaiting(tx, leadId, `${by} took over: ${reason}`)
  await audit(tx, { actor: by, action: `control.${control}`, leadId, details: { reason, until } })
}

/** Gives the lead back to the seller, who answers what was left unanswered; may lift an opt-out, which only a human does. */
export async function handBack(
  app: App,
  leadId: number,
  { by, reason, liftOptOut }: { by: string; reason: string; liftOptOut: boolean },
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    await setControl(tx, leadId, { control: 'ai', by, reason })
    if (liftOptOut) {
      await tx.query('update leads set opted_out_at = null, stop_asked_at = null where id = $1', [leadId])
      await audit(tx, { actor: by, action: 'lead.opt_out_lifted', leadId, details: { reason } })
    }
    await answerUnanswered(tx, leadId)
  })
  app.wake.up('turns')
}
