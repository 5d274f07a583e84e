import type { Queryable } from './pool.ts'

/** Notes who did what. Append-only; never holds secrets. */
export async function audit(
  db: Queryable,
  entry: {
    actor: string
    action: string
    leadId?: number
    turnId?: number
    details?: Record<string, unknown>
  },
): Promise<void> {
  await db.query(
    'insert into audit_log (actor, action, lead_id, turn_id, details) values ($1, $2, $3, $4, $5)',
    [entry.actor, entry.action, entry.leadId ?? null, entry.turnId ?? null, entry.details ?? {}],
  )
}
