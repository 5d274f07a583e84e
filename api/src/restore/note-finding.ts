import type { Queryable } from '../database/pool.ts'

export type Finding = {
  kind: 'message' | 'meeting' | 'check' | 'unknown'
  /** What it is about: the same is noted once. */
  ref: string
  leadId?: number | null
  messageId?: number | null
  /** In English, without words of a person. */
  detail: string
}

/** Notes what was found of the time that a restore knows nothing of. */
export const noteFinding = (
  db: Queryable,
  restoreId: number,
  { kind, ref, leadId = null, messageId = null, detail }: Finding,
) =>
  db.query(
    `insert into restore_findings (restore_id, kind, ref, lead_id, message_id, detail) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [restoreId, kind, ref, leadId, messageId, detail],
  )
