import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import type { HookNote } from '../inbox/hook-meaning.ts'
import { lockLead } from './lead.ts'
import { setControl } from './set-control.ts'

/**
 * A note appeared on the card. When a human typed it and config/business.yaml says so, the human has the lead from now on. Notes
 * of ours, of robots, and those older than the last decision about who has the lead change nothing.
 */
export async function followNote(
  app: Ports<'business' | 'db' | 'amocrm'>,
  { leadId, noteId }: HookNote,
): Promise<void> {
  if (!app.business.amocrm.humanNoteTakesOver || (await isOurs(app, leadId, noteId))) return
  const { rows } = await app.db.query<{ control: string }>('select control from leads where id = $1', [
    leadId,
  ])
  if (rows[0]?.control !== 'ai') return
  const note = await app.amocrm.note(noteId)
  const text = note?.params?.text?.trim()
  if (!note?.created_by || note.note_type !== 'common' || !text) return
  await inTransaction(app.db, async (tx) => {
    const lead = await lockLead(tx, leadId)
    // amoCRM counts in whole seconds.
    const writtenBefore = (Number(note['created_at'] ?? 0) + 1) * 1000
    if (lead?.control_since && lead.control_since.getTime() > writtenBefore) return
    const ours = await tx.query(
      `select from outbox where lead_id = $1 and channel = 'amocrm' and payload ->> 'kind' = 'note'
         and state <> 'cancelled' and trim(payload ->> 'text') = $2 limit 1`,
      [leadId, text],
    )
    if (ours.rowCount) return
    await setControl(tx, leadId, {
      control: 'human',
      source: 'note',
      by: 'amocrm',
      reason: `a note of user ${note.created_by} on the card`,
    })
  })
}

async function isOurs(app: Ports<'db'>, leadId: number, noteId: number): Promise<boolean> {
  const { rowCount } = await app.db.query(
    `select from outbox where lead_id = $1 and channel = 'amocrm' and (result ->> 'noteId')::bigint = $2 limit 1`,
    [leadId, noteId],
  )
  return rowCount === 1
}
