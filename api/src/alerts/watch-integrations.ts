import type { App } from '../app.ts'
import { calendarStates } from '../calendar/calendar-states.ts'
import { askIntegrations } from '../console/read-health.ts'
import { inTransaction } from '../database/pool.ts'
import { raiseAlert, resolveAlert } from './raise-alert.ts'

/** So many looks in a row must fail: a single one may be a hiccup. */
const looks = 2
/** What never answered since this process began may still be starting. */
const startsWithinMs = 120_000

/**
 * Looks at what the assistant needs and raises one alert for each that is lost, until it is back. The database is not among them: where
 * it is away nothing can be noted.
 * @returns one look
 */
export function watchIntegrations(app: App, startsMs = startsWithinMs): () => Promise<void> {
  const began = performance.now()
  const failures = new Map<string, number>()
  const answered = new Set<string>()

  async function follow(name: string, subject: string, lost: string | null): Promise<void> {
    const cause = `integration:${name}`
    if (lost === null) {
      answered.add(name)
      failures.delete(name)
      await inTransaction(app.db, (tx) => resolveAlert(app, tx, cause))
      return
    }
    const count = (failures.get(name) ?? 0) + 1
    failures.set(name, count)
    const mayBeStarting = !answered.has(name) && performance.now() - began < startsMs
    if (count < looks || mayBeStarting) return
    await inTransaction(app.db, (tx) =>
      raiseAlert(app, tx, { cause, kind: 'integration', subject, detail: lost }),
    )
  }

  return async () => {
    const [integrations, calendars] = await Promise.all([askIntegrations(app), calendarStates(app)])
    for (const { name, ok, detail } of integrations)
      if (name !== 'database') await follow(name, name, ok ? null : (detail ?? 'does not answer'))
    for (const { sellerId, connected, reason } of calendars)
      await follow(`calendar:${sellerId}`, `google ${sellerId}`, connected ? null : (reason ?? 'is lost'))
  }
}
