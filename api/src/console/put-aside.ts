import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { lockLead } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { optOut } from '../leads/stop-writing.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { stopThinking } from '../turns/stop-thinking.ts'

/** Out of the way until a moment, or until the lead writes; null: back at once. */
export const snooze = (
  app: Ports<'db'>,
  leadId: number,
  { by, until }: { by: string; until: Date | null },
): Promise<void> =>
  inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    await tx.query('update leads set snoozed_until = $2, updated_at = now() where id = $1', [leadId, until])
    await audit(tx, { actor: by, action: 'lead.snoozed', leadId, details: { until } })
  })

/** Those whose time has come are back in their queues. */
export async function wakeSnoozed(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    'update leads set snoozed_until = null, updated_at = now() where snoozed_until <= now()',
  )
  return rowCount ?? 0
}

/** Nobody writes to this person any more, whatever they write; only a human lifts it. Not while a meeting is to come. */
export async function blockLead(
  app: Ports<'db' | 'business'>,
  leadId: number,
  { by, reason }: { by: string; reason: string },
): Promise<'blocked' | 'has a meeting'> {
  return inTransaction(app.db, async (tx) => {
    const lead = await lockLead(tx, leadId)
    if (await bookedMeeting(tx, leadId)) return 'has a meeting'
    await setControl(tx, leadId, { control: 'human', source: 'operator', by, reason: `blocked: ${reason}` })
    await stopThinking(tx, leadId, `${by} blocked the lead`)
    await optOut(tx, { leadId, language: lead?.language ?? app.business.language, source: 'operator' })
    await audit(tx, { actor: by, action: 'lead.blocked', leadId, details: { reason } })
    return 'blocked'
  })
}
