import type { App } from '../app.ts'
import { type AccountMap, readAccountMap } from './status-map.ts'

/** People change statuses and fields while we run. */
const keepMs = 10 * 60_000

type Kept = { map: Promise<AccountMap>; readAt: number }
const kept = new WeakMap<object, Kept>()

/** The account's statuses, fields and loss reasons, read again every ten minutes. A failed reading is not kept. */
export async function accountMapOf(app: Pick<App, 'amocrm' | 'business'>): Promise<AccountMap> {
  const present = kept.get(app.amocrm)
  if (present && Date.now() - present.readAt < keepMs) return present.map
  const map = readAccountMap(app.amocrm, app.business)
  const fresh = { map, readAt: Date.now() }
  kept.set(app.amocrm, fresh)
  try {
    return await map
  } catch (error) {
    if (kept.get(app.amocrm) === fresh) kept.delete(app.amocrm)
    throw error
  }
}

/** The next caller reads it anew: amoCRM refused what we took from it. */
export const forgetAccountMap = (app: Pick<App, 'amocrm'>): boolean => kept.delete(app.amocrm)
