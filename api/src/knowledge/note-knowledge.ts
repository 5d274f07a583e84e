import type { Queryable } from '../database/pool.ts'
import { type Hit, searchKnowledge } from './search-knowledge.ts'

/**
 * Looks up what the lead said (before they said anything: what they asked for on the card), and notes in the turn's trace what was looked
 * for and which items were hit.
 */
export async function noteKnowledge(
  db: Queryable,
  turnId: number,
  { request, said }: { request: string; said: string[] },
): Promise<Hit[]> {
  const asked = said.join('\n').slice(0, 2000)
  const found = await searchKnowledge(db, asked || request)
  const hits = found
    .filter(({ score }) => score > 0)
    .map(({ id, score }) => ({ id, score: Number(score.toFixed(3)) }))
  await db.query(
    `update turns set trace = trace || jsonb_build_object('knowledge', $2::jsonb) where id = $1`,
    [turnId, JSON.stringify({ asked, hits })],
  )
  return found
}
