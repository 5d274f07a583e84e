import { audit } from '../audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'

/** Stops the seller for this lead and leaves a task for a human in amoCRM, with the reason. Once per turn. */
export async function handOverToHuman(
  db: Queryable,
  leadId: number,
  { turnId, by, reason }: { turnId: number; by: string; reason: string },
): Promise<void> {
  await db.query(
    `update leads set control = 'human', control_by = $2, control_reason = $3, transcript_due_at = now(), updated_at = now()
     where id = $1`,
    [leadId, by, reason],
  )
  await audit(db, { actor: by, action: 'lead.handed_over', leadId, turnId, details: { reason } })
  await enqueue(db, {
    leadId,
    turnId,
    channel: 'amocrm',
    key: `turn:${turnId}:handover`,
    payload: { kind: 'task', text: reason, dueInMin: 60 },
  })
}
