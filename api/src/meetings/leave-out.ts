import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { one, type Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Meeting } from './google-event.ts'
import { meetingWhen } from './meeting-when.ts'
import type { Extra } from './next-calendar-step.ts'

/** Goes on without an extra that Google refused; a human is told which and why. */
export async function leaveOut(
  app: Ports<'business'>,
  tx: Queryable,
  turnId: number,
  lead: Lead,
  meeting: Meeting,
  { extra, reason }: { extra: Extra; reason: string },
): Promise<Meeting> {
  const language = lead.language ?? app.business.language
  const when = meetingWhen(app.business, meeting, language)
  await enqueue(tx, {
    leadId: lead.id,
    turnId,
    channel: 'amocrm',
    key: `turn:${turnId}:without:${extra}`,
    payload: {
      kind: 'task',
      text: texts[language].task.leftOut[extra]({ when, reason }),
      dueInMin: 60,
    },
  })
  return one(
    await tx.query<Meeting>(
      'update calendar_events set left_out = array_append(left_out, $2), updated_at = now() where id = $1 returning *',
      [meeting.id, extra],
    ),
  )
}
