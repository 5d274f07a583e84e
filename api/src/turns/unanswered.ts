import type { Queryable } from '../database/pool.ts'

/** What the lead wrote since our last words, oldest first. */
export async function unanswered(tx: Queryable, leadId: number): Promise<string[]> {
  const { rows } = await tx.query<{ text: string }>(
    `select text from messages where lead_id = $1 and direction = 'in' and deleted_at is null
       and id > coalesce((select max(id) from messages where lead_id = $1 and direction = 'out'), 0)
     order by id`,
    [leadId],
  )
  return rows.map(({ text }) => text)
}
