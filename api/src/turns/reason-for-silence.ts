import type { Queryable } from '../database/pool.ts'
import { type Lead, mayWrite } from '../leads/lead.ts'

/** What was taken into account. */
type Seen = { lead_id: number; seen_message_id: number | null; seen_at: Date | null }

/**
 * Why nothing of what was thought may be said any more; null when it may.
 * @param forHuman it is words for the human who has the lead
 */
export async function reasonForSilence(
  tx: Queryable,
  turn: Seen,
  lead: Lead,
  now: Date,
  forHuman = false,
): Promise<string | null> {
  if (lead.opted_out_at) return 'the lead opted out'
  if (!forHuman && !mayWrite(lead, now)) return 'a human holds the conversation'
  const { rows } = await tx.query<{ newer: boolean; changed: boolean }>(
    `select exists (select from messages where lead_id = $1 and direction = 'in' and id > $2) as newer,
       exists (select from messages where lead_id = $1 and direction = 'in' and (edited_at > $3 or deleted_at > $3)) as changed`,
    [turn.lead_id, turn.seen_message_id ?? 0, turn.seen_at],
  )
  if (rows[0]?.newer) return 'a newer message came in'
  return rows[0]?.changed ? 'the lead changed their words meanwhile' : null
}
