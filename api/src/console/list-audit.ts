import type { AuditEntry } from '@lead/contract/console'
import type { Queryable } from '../database/pool.ts'

const pageSize = 100

type Listed = Omit<AuditEntry, 'at'> & { at: Date }

/** Who did what, the newest first; of one lead where one is named. Steps of the assistant and words of leads are in the talks. */
export async function listAudit(
  db: Queryable,
  { before, leadId }: { before: number | null; leadId: number | null },
): Promise<{ entries: Listed[]; before: number | null }> {
  const from = before ?? Number.MAX_SAFE_INTEGER
  const { rows } =
    leadId === null
      ? await db.query<Listed>(
          `select a.id, a.at, a.actor, a.action, a.lead_id as "leadId", coalesce(l.contact_name, l.name) as "leadName", a.details
           from audit_log a left join leads l on l.id = a.lead_id
           where a.id < $1 and a.actor not in ('ai', 'lead') order by a.id desc limit $2`,
          [from, pageSize + 1],
        )
      : await db.query<Listed>(
          `select a.id, a.at, a.actor, a.action, a.lead_id as "leadId", coalesce(l.contact_name, l.name) as "leadName", a.details
           from audit_log a left join leads l on l.id = a.lead_id
           where a.lead_id = $3 and a.id < $1 order by a.id desc limit $2`,
          [from, pageSize + 1, leadId],
        )
  const entries = rows.slice(0, pageSize)
  return { entries, before: rows.length > pageSize ? (entries.at(-1)?.id ?? null) : null }
}
