import type { Queryable } from '../database/pool.ts'
import { endTurn } from './engine/engine.ts'

/**
 * Ends what the assistant is thinking about for this lead, so that nothing of it is said. A turn that is decided acts already, perhaps in
 * a calendar: it is left to end, and its words are held back by whoever took over. The lead is locked by the caller.
 * @returns whether there was such a turn
 */
export async function stopThinking(tx: Queryable, leadId: number, reason: string): Promise<boolean> {
  const { rows } = await tx.query<{ id: number; fencing: number }>(
    `select id, fencing from turns where lead_id = $1 and state = 'running' and decision is null`,
    [leadId],
  )
  const turn = rows[0]
  return turn ? endTurn(tx, { turnId: turn.id, fencing: turn.fencing }, 'cancelled', reason) : false
}
