import { parseHook } from '../amocrm/parse-hook.ts'
import type { App } from '../app.ts'
import { recordInbound, telegramMessageSchema } from '../conversations/record-inbound.ts'
import { faultPoint } from '../fault-point.ts'
import { ingestLead } from '../leads/ingest-lead.ts'
import { botUpdateSchema } from '../telegram/bot/bot-update.ts'
import { hearUpdate } from '../telegram/bot/hear-update.ts'
import { newLeadIds } from './new-lead-ids.ts'

type StoredEvent = { id: number; source: string; body: Buffer; attempts: number }

const maxAttempts = 10

/**
 * Works out what the oldest stored event means and does it. An event that cannot be read is put aside with the reason; one
 * that failed is tried again, later and later.
 * @returns whether there was an event
 */
export async function processNextEvent(app: App): Promise<boolean> {
  const { rows } = await app.db.query<StoredEvent>(
    `update inbox_events set attempts = attempts + 1, claimed_by = $1,
                             run_at = now() + make_interval(secs => least(300, 2 ^ least(attempts + 2, 10)))
     where id = (select id from inbox_events where state = 'received' and run_at <= now()
                 order by id limit 1 for update skip locked)
     returning id, source, body, attempts`,
    [app.process],
  )
  const event = rows[0]
  if (!event) return false
  try {
    const meaning = await understand(app, event)
    faultPoint('inbox.understood')
    await finish(app, event, 'processed', meaning)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (error instanceof NotYet) {
      await app.db.query(
        `update inbox_events set run_at = now() + interval '1 second', attempts = attempts - 1, claimed_by = null where id = $1`,
        [event.id],
      )
      return true
    }
    if (error instanceof UnreadableEvent) await finish(app, event, 'unreadable', reason)
    else if (event.attempts >= maxAttempts) await finish(app, event, 'failed', reason)
    else
      await app.db.query('update inbox_events set reason = $2, claimed_by = null where id = $1', [
        event.id,
        reason,
      ])
    app.log.warn({ event: event.id, source: event.source, reason }, 'An inbox event was not processed')
  }
  return true
}

class UnreadableEvent extends Error {}
/** What the event means cannot be told yet, but soon. */
class NotYet extends Error {}

async function understand(app: App, event: StoredEvent): Promise<string | null> {
  if (event.source === 'telegram') {
    const message = readable(() => telegramMessageSchema.parse(JSON.parse(event.body.toString('utf8'))))
    const answer = await recordInbound(app, message)
    if (answer === 'ask again') throw new NotYet()
    return answer
  }
  if (event.source === 'telegram_bot') {
    const update = readable(() => botUpdateSchema.parse(JSON.parse(event.body.toString('utf8'))))
    const answer = await hearUpdate(app, update)
    if (answer === 'ask again') throw new NotYet()
    return answer
  }
  const hook = readable(() => parseHook(event.body.toString('utf8')))
  for (const leadId of newLeadIds(hook.items)) await ingestLead(app, leadId)
  return hook.items.map((item) => `${item.entity}.${item.action}`).join(' ')
}

function readable<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new UnreadableEvent(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

const finish = (app: App, event: StoredEvent, state: string, reason: string | null) =>
  app.db.query('update inbox_events set state = $2, reason = $3, processed_at = now() where id = $1', [
    event.id,
    state,
    reason,
  ])
