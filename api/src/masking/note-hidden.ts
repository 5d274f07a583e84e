import type { Queryable } from '../database/pool.ts'
import type { Hidden } from './hide-persons.ts'

/** Notes in the turn's trace what its models read placeholders for: its answer is read with it. */
export async function noteHidden(db: Queryable, turnId: number, hidden: Hidden): Promise<void> {
  await db.query(`update turns set trace = trace || jsonb_build_object('hidden', $2::jsonb) where id = $1`, [
    turnId,
    JSON.stringify(hidden),
  ])
}
