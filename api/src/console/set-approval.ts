import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction } from '../database/pool.ts'
import { lockLead } from '../leads/lead.ts'

/** Whether a human lets through what the assistant decides for this lead; null: as the business has it. A draft that waits goes on waiting. */
export const setApproval = (
  app: Ports<'db'>,
  leadId: number,
  { by, needs }: { by: string; needs: boolean | null },
): Promise<void> =>
  inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    await tx.query('update leads set needs_approval = $2, updated_at = now() where id = $1', [leadId, needs])
    await audit(tx, { actor: by, action: 'lead.approval', leadId, details: { needs } })
  })
