import type { z } from 'zod'
import { AmocrmError } from '../amocrm/amocrm-error.ts'
import { chatHookSchema, takeAnswer } from '../amocrm/chats/take-answer.ts'
import type { App, Ports } from '../app.ts'
import { recordInbound } from '../conversations/record-inbound.ts'
import { telegramMessageSchema } from '../telegram/telegram-message.ts'
import { turnEventAway } from '../erasure/turn-away.ts'
import { faultPoint } from '../process/fault-point.ts'
import { judgeDatabaseError } from '../database/judge-database-error.ts'
import { readSql } from '../database/read-sql.ts'
import { readJson } from '../text/parse-json.ts'
import { errorText } from '../text/storable.ts'
import { buryEvent, type StoredEvent } from './bury-event.ts'
import { forgetStranger, isPrivate } from './forget-stranger.ts'
import { processHooks } from './process-hooks.ts'
import { readable, UnreadableEvent } from './unreadable-event.ts'
import { botUpdateSchema } from '../telegram/bot/bot-update.ts'
import { hearUpdate } from '../telegram/bot/hear-update.ts'

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
      if (first.may_be_erased && (await turnEventAway(app, first, 'all'))) return true
      const meaning = await understanders[first.source](app, first)
      faultPoint('inbox.understood')
      if (isPrivate(first, meaning)) await forgetStranger(app, first, meaning)
      else await finish(app, first, meaning)
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
    const outcome = outcomes[index] ?? { error: new Error('The hook was not worked') }
    if ('meaning' in outcome) await finish(app, event, outcome.meaning)
    else await settleFailure(app, event, outcome.error)
  }
  return true
}

/** What the event means cannot be told yet, but soon. */
class NotYet extends Error {}

const understanders: Record<
  Exclude<StoredEvent['source'], 'amocrm'>,
  (app: App, event: StoredEvent) => Promise<string | null>
> = {
  telegram: understandMessage,
  telegram_bot: understandUpdate,
  'amocrm-chats': understandAnswer,
}

async function understandUpdate(app: App, event: StoredEvent): Promise<string | null> {
  const answer = await hearUpdate(app, read(botUpdateSchema, event))
  if (answer === 'ask again') throw new NotYet()
  return answer
}

async function understandMessage(app: App, event: StoredEvent): Promise<string | null> {
  const answer = await recordInbound(app, read(telegramMessageSchema, event))
  if (answer === 'ask again') throw new NotYet()
  return answer
}

async function understandAnswer(app: Ports<'db' | 'wake'>, event: StoredEvent): Promise<string> {
  return takeAnswer(app, read(chatHookSchema, event))
}

const read = <Schema extends z.ZodType>(schema: Schema, { body }: StoredEvent): z.output<Schema> =>
  readable(() => schema.parse(readJson(body)))

async function settleFailure(app: App, event: StoredEvent, error: unknown): Promise<void> {
  const reason = errorText(error)
  const wait = noTry(error)
  if (wait !== null) {
    await app.db.query(
      `update inbox_events set run_at = now() + make_interval(secs => $2::float8 / 1000), attempts = attempts - 1,
                               claimed_by = null where id = $1`,
      [event.id, wait],
    )
    return
  }
  const hopeless = error instanceof UnreadableEvent
  if (hopeless || event.attempts >= maxAttempts) {
    if (await turnEventAway(app, event, 'all')) return
    return buryEvent(app, event, hopeless ? 'unreadable' : 'failed', reason)
  }
  await app.db.query('update inbox_events set reason = $2, claimed_by = null where id = $1', [
    event.id,
    reason,
  ])
  app.log.warn({ event: event.id, source: event.source, reason }, 'An inbox event was not processed')
}

/** Ms until the next look when this one says nothing of the event itself; null: it was a try. */
function noTry(error: unknown): number | null {
  if (error instanceof NotYet) return 1000
  if (error instanceof AmocrmError && error.unsent) return Math.min(60_000, error.retryAfterMs ?? 1000)
  return judgeDatabaseError(error) === 'away' ? 5000 : null
}

async function finish(
  app: App,
  event: StoredEvent,
  meaning: string | null,
  isChecked = false,
): Promise<void> {
  // Where nobody was ever erased, nothing tells of such a person.
  const { rowCount } = await app.db.query(
    `update inbox_events set state = 'processed', reason = $2, processed_at = now()
     where id = $1 and ($3 or not exists (select from erasure_key))`,
    [event.id, meaning, isChecked],
  )
  if (rowCount || isChecked || (await turnEventAway(app, event, 'some'))) return
  await finish(app, event, meaning, true)
}
