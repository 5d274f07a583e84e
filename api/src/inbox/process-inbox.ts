import { AmocrmError } from '../amocrm/amocrm-error.ts'
import { chatHookSchema, takeAnswer } from '../amocrm/chats/take-answer.ts'
import type { App } from '../app.ts'
import { recordInbound, telegramMessageSchema } from '../conversations/record-inbound.ts'
import { faultPoint } from '../fault-point.ts'
import { readSql } from '../database/read-sql.ts'
import { processHooks } from './process-hooks.ts'
import { readable, UnreadableEvent } from './unreadable-event.ts'
import { botUpdateSchema } from '../telegram/bot/bot-update.ts'
import { hearUpdate } from '../telegram/bot/hear-update.ts'

type StoredEvent = { id: number; source: string; body: Buffer; attempts: number }

const claim = readSql(import.meta.dirname, 'claim-events')
const maxAttempts = 10
/** Hooks that are understood together share what is read from amoCRM for them. */
const hooksAtOnce = 50

/**
 * Works out what the oldest stored event means and does it; when it is a hook, together with the hooks behind it. An event that
 * cannot be read is put aside with the reason; one that failed is tried again, later and later.
 * @returns whether there was an event
 */
export async function processNextEvent(app: App): Promise<boolean> {
  const { rows } = await app.db.query<StoredEvent>({ ...claim, values: [app.process, hooksAtOnce - 1] })
  const events = rows.toSorted((a, b) => a.id - b.id)
  const [first] = events
  if (!first) return false
  if (first.source !== 'amocrm') {
    try {
      const meaning = await understanders[first.source]!(app, first)
      faultPoint('inbox.understood')
      await finish(app, first, 'processed', meaning)
    } catch (error) {
      await settleFailure(app, first, error)
    }
    return true
  }
  const outcomes = await processHooks(
    app,
    events.map(({ body }) => body),
  )
  faultPoint('inbox.understood')
  for (const [index, event] of events.entries()) {
    const outcome = outcomes[index]!
    if ('meaning' in outcome) await finish(app, event, 'processed', outcome.meaning)
    else await settleFailure(app, event, outcome.error)
  }
  return true
}

/** What the event means cannot be told yet, but soon. */
class NotYet extends Error {}

const understanders: Record<string, (app: App, event: StoredEvent) => Promise<string | null>> = {
  telegram: understandMessage,
  telegram_bot: understandUpdate,
  'amocrm-chats': understandAnswer,
}

async function understandUpdate(app: App, event: StoredEvent): Promise<string | null> {
  const update = readable(() => botUpdateSchema.parse(JSON.parse(event.body.toString('utf8'))))
  const answer = await hearUpdate(app, update)
  if (answer === 'ask again') throw new NotYet()
  return answer
}

async function understandMessage(app: App, event: StoredEvent): Promise<string | null> {
  const message = readable(() => telegramMessageSchema.parse(JSON.parse(event.body.toString('utf8'))))
  const answer = await recordInbound(app, message)
  if (answer === 'ask again') throw new NotYet()
  return answer
}

async function understandAnswer(app: App, event: StoredEvent): Promise<string> {
  return takeAnswer(
    app,
    readable(() => chatHookSchema.parse(JSON.parse(event.body.toString('utf8')))),
  )
}

async function settleFailure(app: App, event: StoredEvent, error: unknown): Promise<void> {
  const reason = withoutNul(error instanceof Error ? error.message : String(error))
  const unsent = error instanceof AmocrmError && error.unsent
  if (error instanceof NotYet || unsent) {
    const delayMs = unsent ? Math.min(60_000, error.retryAfterMs ?? 1000) : 1000
    await app.db.query(
      `update inbox_events set run_at = now() + make_interval(secs => $2::float8 / 1000), attempts = attempts - 1,
                               claimed_by = null where id = $1`,
      [event.id, delayMs],
    )
    return
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

const finish = (app: App, event: StoredEvent, state: string, reason: string | null) =>
  app.db.query('update inbox_events set state = $2, reason = $3, processed_at = now() where id = $1', [
    event.id,
    state,
    reason === null ? null : withoutNul(reason),
  ])

/** PostgreSQL keeps no NUL in a text, and a reason may quote what came from outside. */
const withoutNul = (text: string) => text.replaceAll('\0', '')
