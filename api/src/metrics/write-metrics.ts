import { statfs } from 'node:fs/promises'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { App } from '../app.ts'
import { lastBackup } from '../backup/back-up-regularly.ts'
import { countQueues } from '../console/count-queues.ts'
import { readHealth } from '../console/read-health.ts'
import { readNumbers } from '../console/read-numbers.ts'
import { tokenInUse } from '../amocrm/watch-token.ts'
import { services } from '../outages/services.ts'
import { knownOutages } from '../outages/who-is-away.ts'
import { countReviews } from '../review/count-reviews.ts'
import { readPromises } from './read-promises.ts'

/** This process itself: memory, event loop, garbage collection. Made once, for its watchers are never taken off. */
const ofProcess = new Registry()
collectDefaultMetrics({ register: ofProcess, prefix: 'lead_' })

const dayMs = 86_400_000

type Row = [labels: Record<string, string>, value: number | null | undefined]

/**
 * Everything that is promised, as Prometheus reads it. Read anew for each scrape, from the database: any of several API processes
 * answers for the whole system. Seconds and bytes, as Prometheus wants them. No name, phone or word of a person is in it.
 */
export async function writeMetrics(app: App): Promise<string> {
  const now = app.now()
  const [health, promises, queues, numbers, backup, disk, away, reviews] = await Promise.all([
    readHealth(app),
    readPromises(app.db),
    countQueues(app.db, null),
    readNumbers(app.db, { from: new Date(now.getTime() - dayMs), to: now }, app.business),
    lastBackup(app.db),
    statfs('.'),
    knownOutages(app.db),
    countReviews(app.db),
  ])
  const register = new Registry()
  const age = (since: Date | null) => (since ? Math.max(0, now.getTime() - since.getTime()) / 1000 : 0)
  const gauge = (name: string, help: string, rows: Row[]) => {
    const labelNames = Object.keys(rows[0]?.[0] ?? {})
    // Without labels it would be there as 0.
    if (labelNames.length === 0 && typeof rows[0]?.[1] !== 'number') return
    const made = new Gauge({ name: `lead_${name}`, help, labelNames, registers: [register] })
    for (const [labels, value] of rows) if (typeof value === 'number') made.set(labels, value)
  }
  const single = (name: string, help: string, value: number | null | undefined) =>
    gauge(name, help, [[{}, value]])

  single(
    'unanswered_oldest_seconds',
    'How long the lead has waited that waits longest for an answer of the assistant',
    age(promises.unansweredSince),
  )
  single(
    'untouched_oldest_seconds',
    'How long the lead has waited that waits longest for the first message',
    age(promises.untouchedSince),
  )
  gauge(
    'first_touch_seconds',
    'From the lead to the first message, over the last 24 hours',
    quantiles(numbers.firstTouch),
  )
  gauge(
    'reply_seconds',
    'From the words of a lead to the answer, over the last 24 hours',
    quantiles(numbers.reply),
  )
  gauge(
    'funnel',
    'Leads of the last 24 hours by the furthest step they reached or passed',
    numbers.funnel.map(({ step, count }) => [{ step }, count]),
  )
  gauge(
    'queue',
    'Conversations by queue of the console',
    Object.entries(queues).map(([queue, count]) => [{ queue }, count]),
  )
  gauge(
    'work_due',
    'Work that is due and not begun, by kind (counted up to a thousand)',
    health.work.map(({ name, due }) => [{ work: name }, due]),
  )
  gauge(
    'work_oldest_seconds',
    'Age of the oldest due work, by kind',
    health.work.map(({ name, oldestAt }) => [{ work: name }, age(oldestAt)]),
  )
  gauge(
    'budget_spent',
    'What the day has cost so far: US dollars, tokens, messages',
    health.budgets.today.map(({ name, spent }) => [{ what: name }, spent]),
  )
  gauge(
    'budget_most',
    'What a day may cost; absent where there is no limit',
    health.budgets.today.filter(({ most }) => most !== null).map(({ name, most }) => [{ what: name }, most]),
  )
  gauge(
    'reviews',
    'Replies of the last 24 hours that the reviewer read: pass, the rule that it refused for, or how its call failed',
    reviews.map(({ verdict, count }) => [{ verdict }, count]),
  )
  gauge(
    'reviews_usd',
    'What the reviews of the last 24 hours cost, as far as their price is known',
    reviews.length > 0 ? [[{}, reviews.reduce((sum, { usd }) => sum + usd, 0)]] : [],
  )
  single('budget_held_turns', 'Turns that wait because the budget of the day is spent', health.budgets.held)
  single('dead_letters', 'What was given up and waits for a person', health.deadLetters)
  single('leases_lost', 'Turns whose execution died and that are not taken up yet', promises.leasesLost)
  single('turns_failed', 'Turns given to a human in the last hour because they failed', promises.turnsFailed)
  single('turns_repeated', 'Turns of the last hour that needed several executions', promises.turnsRepeated)
  gauge(
    'integration_up',
    '1: the integration works; n8n, database, cache, telegram, amocrm, google',
    health.integrations.map(({ name, ok }) => [{ integration: name }, Number(ok)]),
  )
  gauge(
    'outage',
    '1: the work of turns found the service away; they wait for it, or go on without it',
    services.map((service) => [{ service }, Number(away.some((one) => one.service === service))]),
  )
  gauge(
    'integration_simulated',
    '1: a simulator stands in for the integration',
    health.integrations.map(({ name, isSimulated }) => [{ integration: name }, Number(isSimulated)]),
  )
  gauge(
    'telegram_account',
    '1 for the state that a Telegram account is in',
    health.accounts.map(({ account, state }) => [{ account, state }, 1]),
  )
  gauge(
    'telegram_dialogs_begun',
    'Conversations that an account began within 24 hours',
    health.accounts.map(({ account, begun }) => [{ account }, begun]),
  )
  gauge(
    'telegram_dialogs_most',
    'How many an account may begin within 24 hours',
    health.accounts.map(({ account, mostPerDay }) => [{ account }, mostPerDay]),
  )
  single('telegram_halted', '1: a person stopped all sending', Number(health.halted.isOn))
  gauge(
    'calendar_connected',
    "1: Google lets us at the seller's calendar",
    health.calendars.map(({ sellerId, connected }) => [{ seller: sellerId }, Number(connected)]),
  )
  gauge(
    'calendar_synced_seconds',
    "Since when the changes of the seller's calendar were not read",
    health.calendars.map(({ sellerId, syncedAt }) => [{ seller: sellerId }, syncedAt && age(syncedAt)]),
  )
  single(
    'amocrm_token_ends_seconds',
    'How long the long-lived amoCRM token still holds; absent where it has no end that we know',
    secondsUntil(tokenInUse(app)?.endsAt, now),
  )
  single(
    'models_ending',
    'Configured models that their vendor ends within 60 days',
    app.config.endingModels(now).length,
  )
  single(
    'backup_age_seconds',
    'Age of the newest backup; absent where none are made by themselves',
    app.config.backupEveryMs !== null && backup?.at ? age(backup.at) : null,
  )
  single('disk_free_ratio', "Free share of the disk under the API's folder", disk.bavail / disk.blocks)
  return `${await register.metrics()}${await ofProcess.metrics()}`
}

const quantiles = ({ p50, p95 }: { p50: number | null; p95: number | null }): Row[] => [
  [{ quantile: '0.5' }, p50],
  [{ quantile: '0.95' }, p95],
]

const secondsUntil = (end: Date | null | undefined, now: Date) =>
  end ? (end.getTime() - now.getTime()) / 1000 : null
