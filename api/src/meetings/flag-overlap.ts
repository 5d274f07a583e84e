import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Meeting } from './google-event.ts'
import { meetingWhen } from './meeting-when.ts'

/**
 * Tells the seller that something else is in the calendar at the time of a meeting that was just booked. The meeting stays: the
 * lead has been promised that time. What the other event is called is nobody's business in the CRM.
 */
export async function flagOverlap(
  app: Ports<'business'>,
  tx: Queryable,
  turnId: number,
  lead: Lead,
  meeting: Meeting,
  eventIds: string[],
): Promise<void> {
  const language = lead.language ?? app.business.language
  await audit(tx, {
    actor: 'system',
    action: 'meeting.overlaps',
    leadId: lead.id,
    turnId,
    details: { meeting: meeting.id, events: eventIds },
  })
  await enqueue(tx, {
    leadId: lead.id,
    turnId,
    channel: 'amocrm',
    key: `turn:${turnId}:overlap`,
    payload: {
      kind: 'task',
      text: texts[language].task.overlap(meetingWhen(app.business, meeting, language)),
      dueInMin: 30,
    },
  })
}
