import type { TurnLease } from '@lead/contract'
import type { App } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { faultPoint } from '../process/fault-point.ts'
import { endTurn, lockTurn } from './engine/engine.ts'
import { setTimers } from './set-timers.ts'

/** Ends a turn whose effects are all on their way, and sets the next timer. False when another execution has the turn. */
export async function completeTurn(app: App, lease: TurnLease): Promise<boolean> {
  const ended = await inTransaction(app.db, async (tx) => {
    const locked = await lockTurn(tx, lease)
    if (!locked) return false
    await endTurn(tx, lease, 'done')
    await setTimers(app, tx, locked.lead, locked.turn.decision)
    return true
  })
  faultPoint('turn.completed')
  app.wake.up('turns')
  return ended
}
