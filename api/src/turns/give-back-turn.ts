import type { App } from '../app.ts'
import { tellTheOperator } from '../bookings/tell-the-operator.ts'
import { inTransaction } from '../database/pool.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { endTurn, lockTurn, putOffTurn, type TurnLease } from './engine/engine.ts'

/** After so many tries a human takes the lead. */
const maxAttempts = 6

/** 5 s, 10 s, 20 s, ... two and a half minutes. */
const delayMs = (attempts: number) => Math.min(150_000, 5000 * 2 ** (attempts - 1))

/** Ends this try of a turn. It is tried again after a growing delay; in the end the lead goes to a human, with the reason. `waitMs`: when the next try can do without what failed. */
export async function giveBackTurn(
  app: App,
  lease: TurnLease,
  reason: string,
  waitMs?: number,
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const turn = await lockTurn(tx, lease)
    if (!turn) return
    if (turn.attempts < maxAttempts) {
      await putOffTurn(tx, lease, { delayMs: waitMs ?? delayMs(turn.attempts), reason, counts: true })
      return
    }
    await endTurn(tx, lease, 'failed', reason)
    await tx.query(
      `update calendar_events set status = 'released', updated_at = now() where turn_id = $1 and status = 'held'`,
      [turn.id],
    )
    const task = { leadId: turn.lead_id, turnId: turn.id, reason }
    if (turn.kind === 'operator') await tellTheOperator(tx, task)
    else await handOverToHuman(tx, turn.lead_id, { ...task, by: 'system' })
  })
  app.log.warn({ turn: lease.turnId, reason }, 'A turn was given back')
  app.wake.up('amocrm')
}
