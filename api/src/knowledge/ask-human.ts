import { texts } from '../../../texts/index.ts'
import { one, type Queryable } from '../database/pool.ts'
import type { Language } from '../leads/lead.ts'
import type { OutboxItem } from '../outbox/enqueue.ts'

/**
 * What the lead asked and no item answers, when the turn of `turnId` was about a question: it is kept, and a human gets a task with its
 * number. Once per turn. @returns the task, or null when the knowledge had something
 */
export async function askHuman(
  tx: Queryable,
  { leadId, turnId, language }: { leadId: number; turnId: number; language: Language },
): Promise<OutboxItem | null> {
  const { rows } = await tx.query<{ asked: string | null; found: boolean }>(
    `select trace -> 'knowledge' ->> 'asked' as asked, jsonb_array_length(trace -> 'knowledge' -> 'hits') > 0 as found
     from turns where id = $1 and trace ? 'knowledge'`,
    [turnId],
  )
  const [looked] = rows
  if (!looked?.asked || looked.found) return null
  await tx.query(
    `insert into knowledge_questions (lead_id, turn_id, text) values ($1, $2, $3) on conflict (turn_id) do nothing`,
    [leadId, turnId, looked.asked],
  )
  const { id } = one(
    await tx.query<{ id: number }>('select id from knowledge_questions where turn_id = $1', [turnId]),
  )
  return {
    leadId,
    turnId,
    channel: 'amocrm',
    key: `turn:${turnId}:crm:question`,
    payload: {
      kind: 'task',
      text: texts[language].task.questionUnanswered({ id, text: looked.asked }),
      dueInMin: 60,
    },
  }
}
