import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { clockFileOf, findLibrary } from '../steppable-clock.ts'
import { askDatabase } from './ask-database.ts'
import type { Trouble } from './trouble.ts'

const steps = [180, -180]
/** Each step lasts until it was felt, and this long at least and at most. */
const leastMs = 15_000
const patienceMs = 120_000

/** The clock of the API servers jumps three minutes ahead, six back, and to where it was; that of PostgreSQL does not. */
export const clockStep: Trouble = {
  missing: () => (findLibrary() ? null : 'libfaketime is not installed (Debian: apt install faketime)'),
  async begin({ parts, dataDir }) {
    const url = parts.system.databaseUrl
    const [first = 0, ...rest] = steps
    const step = async (seconds: number) => {
      const watch = await watchDeeds(url, seconds)
      writeFileSync(clockFileOf(dataDir), `${seconds < 0 ? '' : '+'}${seconds}`)
      return watch
    }
    const feltFirst = await step(first)
    return async () => {
      const felt = [await feltFirst()]
      for (const seconds of rest) felt.push(await (await step(seconds))())
      writeFileSync(clockFileOf(dataDir), '+0')
      // Each of the steps has to be felt.
      return Math.min(...felt)
    }
  },
}

/**
 * What an account does is noted with the time of the API's own clock: how much of it bears a time that this clock has only while it is
 * stepped by so many seconds. @returns what waits for the first of it
 */
async function watchDeeds(url: string, seconds: number): Promise<() => Promise<number>> {
  const begun = Date.now()
  const count = async () => {
    const [row] = await askDatabase<{ deeds: number }>(
      url,
      `select count(*)::int as deeds from telegram_actions
       where at >= to_timestamp($1::float8 + $2) and at <= now() + make_interval(secs => $2)`,
      [begun / 1000, seconds],
    )
    return row?.deeds ?? 0
  }
  const before = await count()
  return async () => {
    for (;;) {
      const felt = (await count()) - before
      const lasted = Date.now() - begun
      if ((felt > 0 && lasted > leastMs) || lasted > patienceMs) return felt
      await sleep(1000)
    }
  }
}
