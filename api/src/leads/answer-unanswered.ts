import type { Queryable } from '../database/pool.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'

/** The assistant is back: it answers what was left unanswered, or begins with a lead that it never wrote to. */
export async function answerUnanswered(tx: Queryable, leadId: number): Promise<void> {
  const { rows } = await tx.query<{ direction: 'in' | 'out' }>(
    'select direction from messages where lead_id = $1 order by id desc limit 1',
    [leadId],
  )
  if (rows[0]?.direction === 'out') return
  const kind = rows[0] ? 'answer' : 'first_touch'
  await scheduleTurn(tx, { leadId, kind, quietMs: 0, longestMs: 0 })
}
