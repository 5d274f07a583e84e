import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { setStage } from '../leads/set-stage.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { announceMeeting } from '../webhooks/announce.ts'
import { lockMeeting } from './lock-meeting.ts'

/** A human says that the lead did not come: the assistant writes once, kindly. False when there is no such meeting in the past. */
export async function markNoShow(app: Ports<'db' | 'wake'>, meetingId: number, by: string): Promise<boolean> {
  const marked = await inTransaction(app.db, async (tx) => {
    await lockMeeting(tx, { id: meetingId })
    const { rows } = await tx.query<{ lead_id: number; starts_at: Date; ends_at: Date; seller_id: string }>(
      `update calendar_events set no_show_at = now(), updated_at = now()
       where id = $1 and status = 'booked' and starts_at < now() and no_show_at is null
       returning lead_id, starts_at, ends_at, seller_id`,
      [meetingId],
    )
    const [meeting] = rows
    if (!meeting) return false
    const leadId = meeting.lead_id
    await setStage(tx, leadId, { stage: 'qualified', by: 'meeting' })
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `meeting:${meetingId}:no-show`,
      payload: { kind: 'lead', stage: 'qualified' },
    })
    await scheduleTurn(tx, { leadId, kind: 'no_show', quietMs: 0, longestMs: 0 })
    await audit(tx, { actor: by, action: 'meeting.no_show', leadId, details: { meeting: meetingId } })
    await announceMeeting(tx, 'meeting.no_show', meeting)
    return true
  })
  app.wake.up('turns')
  app.wake.up('amocrm')
  return marked
}
