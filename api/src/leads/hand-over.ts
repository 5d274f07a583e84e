import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { setControl } from './set-control.ts'

/** Stops the assistant for this lead after a failure, and leaves a task for a human in amoCRM, with the reason. Once per turn. */
export async function handOverToHuman(
  tx: Queryable,
  leadId: number,
  { turnId, by, reason }: { turnId: number; by: string; reason: string },
): Promise<void> {
  await setControl(tx, leadId, { control: 'human', source: 'failure', by, reason, turnId })
  await enqueue(tx, {
    leadId,
    turnId,
    channel: 'amocrm',
    key: `turn:${turnId}:handover`,
    payload: { kind: 'task', text: reason, dueInMin: 60 },
  })
}
