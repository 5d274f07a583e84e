import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Meeting } from './google-event.ts'
import { meetingWhen } from './meeting-when.ts'

type By = { turnId: number | null; key: string }

/**
 * Puts the meeting into amoCRM as a task at its time, in place of the task that it had. Repeating it with the same key changes
 * nothing. @returns the outbox rows
 */
export async function setMeetingTask(
  app: Ports<'business'>,
  tx: Queryable,
  lead: Lead,
  meeting: Meeting,
  { turnId, key }: By,
): Promise<number[]> {
  const text = texts[lead.language ?? app.business.language].task
  const when = meetingWhen(app.business, meeting, lead.language ?? app.business.language)
  const closed =
    meeting.task_key === key ? [] : await closeTask(tx, lead, meeting, turnId, text.meetingMoved(when))
  const added = await enqueue(tx, {
    leadId: lead.id,
    turnId,
    channel: 'amocrm',
    key,
    payload: {
      kind: 'task',
      text: text.meeting(when),
      dueAt: meeting.starts_at.toISOString(),
    },
  })
  await tx.query('update calendar_events set task_key = $2 where id = $1', [meeting.id, key])
  return [...closed, added.id]
}

/** Closes the task of a meeting that was cancelled. @returns the outbox rows */
export function endMeetingTask(
  app: Ports<'business'>,
  tx: Queryable,
  lead: Lead,
  meeting: Meeting,
  turnId: number | null,
): Promise<number[]> {
  return closeTask(
    tx,
    lead,
    meeting,
    turnId,
    texts[lead.language ?? app.business.language].task.meetingCancelled,
  )
}

async function closeTask(
  tx: Queryable,
  lead: Lead,
  { task_key: of }: Meeting,
  turnId: number | null,
  result: string,
): Promise<number[]> {
  if (!of) return []
  const closed = await enqueue(tx, {
    leadId: lead.id,
    turnId,
    channel: 'amocrm',
    key: `${of}:done`,
    payload: { kind: 'task_done', of, result },
  })
  return [closed.id]
}
