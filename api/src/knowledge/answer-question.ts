import { audit } from '../database/audit.ts'
import { type Database, inTransaction, one, type Queryable } from '../database/pool.ts'
import { Problem } from '../http/problems.ts'

export type Question = { id: number; leadId: number; text: string; askedAt: Date }

/** What leads asked, no item answers, and nobody has answered yet; oldest first. */
export async function openQuestions(db: Queryable, limit: number): Promise<Question[]> {
  const { rows } = await db.query<Question>(
    `select id, lead_id as "leadId", text, asked_at as "askedAt" from knowledge_questions where answered_at is null order by id limit $1`,
    [limit],
  )
  return rows
}

/**
 * A human's answer becomes knowledge: from now on the assistant may say it to everybody. `title` helps to find it, and is no lead's words.
 * @returns the item's id; @throws Problem when there is no such open question
 */
export async function answerQuestion(
  db: Database,
  { questionId, title, text, by }: { questionId: number | null; title: string; text: string; by: string },
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { id } = one(
      await tx.query<{ id: string }>(
        `insert into knowledge_items (id, source, title, text, by)
         values ('answer-' || nextval(pg_get_serial_sequence('knowledge_questions', 'id')), 'answer', $1, $2, $3) returning id`,
        [title, text, by],
      ),
    )
    if (questionId !== null) {
      const { rowCount } = await tx.query(
        'update knowledge_questions set answered_at = now(), item_id = $2 where id = $1 and answered_at is null',
        [questionId, id],
      )
      if (rowCount === 0) throw new Problem('conflict', `Question ${questionId} is not open`)
    }
    await audit(tx, { actor: by, action: 'knowledge.answered', details: { item: id, question: questionId } })
    return id
  })
}
