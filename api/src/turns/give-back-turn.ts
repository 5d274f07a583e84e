import type { App } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { endTurn, lockTurn, putOffTurn, type TurnLease } from './engine/engine.ts'

/**
 * After so many tries a human takes the lead. Once it is decided, the lead has been promised something and each step is safe to
 * repeat: then an outage of half an hour is waited out.
 */
export const mostTries = (decided: boolean): number => (decided ? 16 : 6)

/** 5 s, 10 s, 20 s, ... two and a half minutes. */
const delayMs = (attempts: number) => Math.min(150_000, 5000 * 2 ** (attempts - 1))

/** Ends this try of a turn. It is tried again after a growing delay; in the end the lead goes to a human, with the reason. */
export async function giveBackTurn(app: App, lease: TurnLease, reason: string): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const turn = await lockTurn(tx, lease)
    if (!turn) return
    if (turn.attempts < mostTries(turn.decision !== null)) {
      await putOffTurn(tx, lease, { delayMs: delayMs(turn.attempts), reason, counts: true })
      return
    }
    await endTurn(tx, lease, 'failed', reason)
    await tx.query(
      `update calendar_events set status = 'released', updated_at = now() where turn_id = $1 and status = 'held'`,
      [turn.id],
    )
    await handOverToHuman(tx, turn.lead_id, { turnId: turn.id, by: 'system', reason })
  })
  app.log.warn({ turn: lease.turnId, reason }, 'A turn was given back')
  app.wake.up('amocrm')
}
