import type { Queryable } from '../database/pool.ts'
import type { Erasure } from './erase-person.ts'

/** `turnedAway`: how often something of the person came afterwards and was not kept. */
export type ListedErasure = Erasure & { turnedAway: number; turnedAwayAt: Date | null }

export async function listErasures(db: Queryable, limit: number): Promise<ListedErasure[]> {
  const { rows } = await db.query<ListedErasure>(
    `select id, at, by, proof, turned_away as "turnedAway", turned_away_at as "turnedAwayAt"
     from erasures order by id desc limit $1`,
    [limit],
  )
  return rows
}
