import type { EvaluationCase } from '@lead/contract/console'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import type { User } from './user.ts'

const linesBefore = 20
const mostCases = 500

/**
 * Keeps that a message of the assistant's was wrong, with the answer that would have been right and all that it knew: a case that a
 * changed prompt is tried on. Marked again, the newer answer counts. False when it is no message of the assistant's in this lead.
 */
export const markWrong = (
  app: Ports<'db'>,
  { leadId, messageId }: { leadId: number; messageId: number },
  { by, right, comment }: { by: User; right: string; comment: string | null },
): Promise<boolean> =>
  inTransaction(app.db, async (tx) => {
    const { rowCount } = await tx.query(
      `insert into evaluation_cases (lead_id, message_id, turn_id, said, right_answer, comment, marked_by, context)
       select m.lead_id, m.id, m.turn_id, m.text, $3, $4, $5, jsonb_build_object(
         'language', l.language, 'stage', l.stage, 'facts', l.facts, 'timeZone', l.time_zone,
         'decision', t.decision, 'refused', t.trace -> 'refused', 'saidAt', coalesce(m.sent_at, m.created_at),
         'before', coalesce((select jsonb_agg(jsonb_build_object('from', b.author, 'text', b.text, 'at', coalesce(b.sent_at, b.created_at)) order by b.id)
                    from (select * from messages where lead_id = $1 and id < $2 and deleted_at is null order by id desc limit $6) b), '[]'))
       from messages m join leads l on l.id = m.lead_id left join turns t on t.id = m.turn_id
       where m.id = $2 and m.lead_id = $1 and m.author = 'ai'
       on conflict (message_id) do update set right_answer = excluded.right_answer, comment = excluded.comment,
         marked_by = excluded.marked_by, created_at = now()`,
      [leadId, messageId, right, comment, by.name, linesBefore],
    )
    if (rowCount !== 1) return false
    // The page shows the mark on the message.
    await tx.query(`insert into console_changes (lead_id, kind) values ($1, 'message')`, [leadId])
    await audit(tx, { actor: by.name, action: 'message.marked_wrong', leadId, details: { messageId } })
    return true
  })

type Listed = Omit<EvaluationCase, 'at'> & { at: Date }

/** The newest first. */
export async function listCases(db: Queryable): Promise<Listed[]> {
  const { rows } = await db.query<Listed>(
    `select c.id, c.lead_id as "leadId", coalesce(l.contact_name, l.name) as "leadName", c.message_id as "messageId", c.turn_id as "turnId",
       c.said, c.right_answer as "right", c.comment, c.marked_by as "by", c.created_at as at, c.context
     from evaluation_cases c join leads l on l.id = c.lead_id order by c.id desc limit $1`,
    [mostCases],
  )
  return rows
}

export async function dropCase(db: Queryable, id: number, by: string): Promise<boolean> {
  const { rows } = await db.query<{ lead_id: number; message_id: number }>(
    'delete from evaluation_cases where id = $1 returning lead_id, message_id',
    [id],
  )
  if (!rows[0]) return false
  const { lead_id: leadId, message_id: messageId } = rows[0]
  await audit(db, { actor: by, action: 'message.mark_dropped', leadId, details: { messageId } })
  return true
}
