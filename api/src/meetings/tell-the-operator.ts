import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'

/** What a human asked for could not be done: a task in amoCRM says why. Once per turn; who talks to the lead stays as it is. */
export async function tellTheOperator(
  tx: Queryable,
  { leadId, turnId, reason }: { leadId: number; turnId: number; reason: string },
): Promise<void> {
  await audit(tx, { actor: 'system', action: 'operator.not_done', leadId, turnId, details: { reason } })
  await enqueue(tx, {
    leadId,
    turnId,
    channel: 'amocrm',
    key: `turn:${turnId}:not-done`,
    payload: { kind: 'task', text: reason, dueInMin: 60 },
  })
}
