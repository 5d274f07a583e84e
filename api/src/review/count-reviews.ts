import type { Queryable } from '../database/pool.ts'

/** What the reviewer came to within 24 hours. */
export async function countReviews(
  db: Queryable,
): Promise<{ verdict: string; count: number; usd: number }[]> {
  const { rows } = await db.query<{ verdict: string; count: number; usd: number }>(
    `select coalesce(verdict, outcome) as verdict, count(*)::int as count, coalesce(sum(cost_usd), 0)::float8 as usd
     from model_calls where step = 'reviewer' and at > now() - interval '1 day' group by 1 order by 1`,
  )
  return rows
}
