import type { App } from '../app.ts'
import { faultPoint } from '../fault-point.ts'
import { endTurn, type TurnLease } from './engine/engine.ts'

/** Ends a turn whose effects are all on their way. False when another execution has the turn. */
export async function completeTurn(app: App, lease: TurnLease): Promise<boolean> {
  const ended = await endTurn(app.db, lease, 'done')
  faultPoint('turn.completed')
  app.wake.up('turns')
  return ended
}
