import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { findLead, lockLead, requireLead } from './lead.ts'
import { setStage } from './set-stage.ts'
import { mayEnter } from './stage-rank.ts'
import { announce } from '../webhooks/announce.ts'

/**
 * The first words of the assistant have reached the lead: now, and not when they were thought up, the lead is contacted, and the card
 * says so and carries our tag. Once per lead, however often it is called.
 * @param messageId the message that was delivered just now
 */
export async function noteContacted(
  app: Ports<'business' | 'db' | 'wake'>,
  messageId: number,
): Promise<void> {
  const { rows } = await app.db.query<{ lead_id: number }>(
    `select m.lead_id from messages m join leads l on l.id = m.lead_id
     where m.id = $1 and m.author = 'ai' and (l.stage = 'new' or not exists (
       select from messages earlier
       where earlier.lead_id = m.lead_id and earlier.author = 'ai' and earlier.sent_at is not null and earlier.id <> m.id))`,
    [messageId],
  )
  const leadId = rows[0]?.lead_id
  if (leadId === undefined) return
  await inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    const lead = await requireLead(findLead(tx, leadId))
    const reached = lead.facts['need'] ? 'qualified' : 'contacted'
    const moves = lead.stage === 'new' && mayEnter(lead, reached)
    if (moves) await setStage(tx, leadId, { stage: reached, by: 'turn' })
    const { added } = await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:contacted`,
      payload: { kind: 'lead', tags: app.business.amocrm.tags.worked, ...(moves ? { stage: reached } : {}) },
    })
    if (added) await announce(tx, { type: 'lead.contacted', data: { leadId } })
  })
  app.wake.up('amocrm')
}
