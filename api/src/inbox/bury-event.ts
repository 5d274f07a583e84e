import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { clip, errorText } from '../text/storable.ts'
import { leadsOfEvent } from './leads-of-event.ts'
import type { InboxEvent } from './store-event.ts'

export type StoredEvent = Pick<InboxEvent, 'source' | 'body'> & {
  id: number
  attempts: number
  /** Whether anybody was ever erased. */
  may_be_erased: boolean
}

/**
 * Nothing more is tried with this event: it is a dead letter with its reason (GET /inbox, `npm run inbox`), and each card that it
 * is about has a task for a human.
 */
export async function buryEvent(
  app: App,
  event: StoredEvent,
  state: 'failed' | 'unreadable',
  reason: string,
): Promise<void> {
  await app.db.query('update inbox_events set state = $2, reason = $3, processed_at = now() where id = $1', [
    event.id,
    state,
    reason,
  ])
  app.log.error({ event: event.id, source: event.source, state, reason }, 'An inbox event is a dead letter')
  try {
    await tellHumans(app, event, reason)
  } catch (error) {
    // It is in the list of dead letters all the same.
    app.log.warn({ event: event.id, reason: errorText(error) }, 'Nobody could be told of a dead letter')
  }
}

async function tellHumans(app: App, event: StoredEvent, reason: string): Promise<void> {
  const { deadLetter, from } = texts[app.business.language].task
  const text = deadLetter({ id: event.id, from: from[event.source], reason: clip(reason, 300) })
  for (const leadId of await leadsOfEvent(app.db, event)) {
    await enqueue(app.db, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `inbox:${event.id}:dead:${leadId}`,
      payload: { kind: 'task', text, dueInMin: 60 },
    })
  }
  app.wake.up('amocrm')
}
