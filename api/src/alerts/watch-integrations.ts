import type { App } from '../app.ts'
import { endHoldOfDay } from '../budgets/keep-budgets.ts'
import { backupTrouble } from '../backup/back-up-regularly.ts'
import { calendarStates } from '../calendar/calendar-states.ts'
import { askIntegrations, doOthersAnswer } from '../console/read-health.ts'
import { inTransaction, one } from '../database/pool.ts'
import { toldOutages } from '../outages/who-is-away.ts'
import { type Service, services } from '../outages/services.ts'
import type { AlertKind } from './alert.ts'
import { diskTrouble, overdueMinutes, type ReadDisk, workTrouble } from './own-trouble.ts'
import { openCauses, raiseAlert, resolveAlert } from './raise-alert.ts'

/** So many looks in a row must fail: a single one may be a hiccup. */
const looks = 2
/** What never answered since this process began may still be starting. */
const startsWithinMs = 120_000

type Named = { cause: string; kind: AlertKind; subject: string }

const integration = (name: string, subject = name): Named => ({
  cause: `integration:${name}`,
  kind: 'integration',
  subject,
})
const provider = (name: Service, subject: string): Named => ({
  cause: `provider:${name}`,
  kind: 'provider',
  subject,
})
const ofService: Record<Service, Named> = {
  openai: provider('openai', 'OpenAI'),
  anthropic: provider('anthropic', 'Anthropic'),
  models: provider('models', 'OpenAI, Anthropic'),
  google: integration('google'),
  n8n: integration('n8n'),
  telegram: integration('telegram'),
  budget: integration('budget'),
}

const wholeEveryMs = 300_000

/**
 * Looks whether there may be any trouble, by asking n8n and, every second time, by one statement; and only then, or every five minutes, at all of it.
 * Call it every few seconds. @returns whether it looked at all of it
 */
export function watchForTrouble(app: App): () => Promise<boolean> {
  const look = watchIntegrations(app)
  let wholeAt = -Infinity
  let wasTrouble = false
  let looked = 0
  return async () => {
    looked += 1
    const isTrouble = !(await doOthersAnswer(app)) || (looked % 2 === 0 && (await mayBeTrouble(app)))
    // Once more after trouble: a failure that passed counts no more.
    if (!isTrouble && !wasTrouble && performance.now() - wholeAt < wholeEveryMs) return false
    wasTrouble = isTrouble
    wholeAt = performance.now()
    await look()
    return true
  }
}

async function mayBeTrouble(app: App): Promise<boolean> {
  const answer = await app.db.query<{ some: boolean }>(
    `select exists (select from outages where alerted_at is not null)
       or exists (select from alerts where resolved_at is null and kind in ('integration', 'provider'))
       or exists (select from amocrm_gate where held_until is not null)
       or exists (select from sellers where active and disconnected_at is not null)
       or exists (select from turns where state = 'pending' and held_by is null and run_at <= now() - make_interval(mins => $2))
       or exists (select from inbox_events where state = 'received' and run_at <= now() - make_interval(mins => $2))
       or not ($1 or exists (select from telegram_accounts where state in ('online', 'limited') and held_by is not null)) as some`,
    [app.telegram.ready().length > 0, overdueMinutes],
  )
  return one(answer).some || (await diskTrouble()) !== null || (await backupTrouble(app)) !== null
}

/**
 * Looks at what the assistant needs, and at what its own work found away (api/src/outages), and raises one alert for each that is lost, until
 * both say that it is back. The database is not among them: where it is away nothing can be noted.
 * @returns one look
 */
export function watchIntegrations(
  app: App,
  startsMs = startsWithinMs,
  readDisk?: ReadDisk,
): () => Promise<void> {
  const began = performance.now()
  const failures = new Map<string, number>()
  const answered = new Set<string>()

  function judge(cause: string, isOk: boolean): 'answers' | 'lost' | 'unsure' {
    if (isOk) {
      answered.add(cause)
      failures.delete(cause)
      return 'answers'
    }
    const count = (failures.get(cause) ?? 0) + 1
    failures.set(cause, count)
    const mayBeStarting = !answered.has(cause) && performance.now() - began < startsMs
    return count < looks || mayBeStarting ? 'unsure' : 'lost'
  }

  return async () => {
    await endHoldOfDay(app)
    const [integrations, calendars, outages, backup, disk, work, open] = await Promise.all([
      askIntegrations(app),
      calendarStates(app),
      toldOutages(app.db),
      backupTrouble(app),
      diskTrouble(readDisk),
      workTrouble(app.db),
      openCauses(app.db, ['integration', 'provider']),
    ])
    const seen = [
      ...integrations.map(({ name, ok, detail }) => ({
        ...integration(name),
        trouble: ok ? null : (detail ?? 'does not answer'),
      })),
      ...calendars.map(({ sellerId, connected, reason }) => ({
        ...integration(`calendar:${sellerId}`, `google ${sellerId}`),
        trouble: connected ? null : (reason ?? 'is lost'),
      })),
    ]
    const lost = new Map<string, Named & { detail: string }>()
    const unsure = new Set<string>()
    for (const { trouble, ...named } of seen) {
      const state = judge(named.cause, trouble === null)
      if (state === 'lost' && trouble !== null) lost.set(named.cause, { ...named, detail: trouble })
      if (state === 'unsure') unsure.add(named.cause)
    }
    for (const service of services) {
      const detail = outages.get(service)
      if (detail !== undefined) lost.set(ofService[service].cause, { ...ofService[service], detail })
    }
    for (const [name, detail] of Object.entries({ backup, disk, work }))
      if (detail !== null) lost.set(`integration:${name}`, { ...integration(name), detail })
    for (const trouble of lost.values()) await inTransaction(app.db, (tx) => raiseAlert(app, tx, trouble))
    for (const cause of open)
      if (!lost.has(cause) && !unsure.has(cause))
        await inTransaction(app.db, (tx) => resolveAlert(app, tx, cause))
  }
}
