import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { findLead, requireLead } from './lead.ts'

/**
 * The lead, who was opted out already, wants their data to be deleted: a human gets the task, and the lead is told just that.
 * Once, however often they ask.
 */
export async function askForErasure(app: Ports<'business'>, tx: Queryable, leadId: number): Promise<void> {
  const { language } = await requireLead(findLead(tx, leadId))
  const say = texts[language ?? app.business.language]
  const { added } = await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${leadId}:erasure:task`,
    payload: { kind: 'task', text: say.task.erasureWanted, dueInMin: 60 },
  })
  if (!added) return
  await audit(tx, { actor: 'lead', action: 'lead.erasure_wanted', leadId })
  const key = `lead:${leadId}:erasure:answer`
  await queueMessage(tx, { leadId, turnId: null, author: 'system', text: say.lead.erasureWanted, key })
}
