import { Pool, type PoolClient } from 'pg'
import type { Database } from '../../api/src/database/pool.ts'

type Counted = { step: string; text: string }

/** The accounts are looked after by the clock, whatever happens. */
const byTheClock = 'select id, enabled, state from telegram_accounts'

/** Counts what goes out to PostgreSQL through a pool from now on, `begin` and `commit` among it; by the step that is named. */
export function countStatements(db: Database) {
  let counted: Counted[] = []
  let step = ''
  const followed = new WeakSet<object>()
  const follow = (client: PoolClient) => {
    if (followed.has(client)) return
    followed.add(client)
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    client.query = ((...given: unknown[]) => {
      const [first] = given
      const text = typeof first === 'string' ? first : (first as { text: string }).text
      const plain = text.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim()
      if (!plain.startsWith(byTheClock)) counted.push({ step, text: plain })
      return query(...given)
    }) as PoolClient['query']
  }
  db.on('acquire', follow)
  const counts = (of: (one: Counted) => boolean) => counted.filter((one) => one.step && of(one)).length
  const beside = new Pool({ ...db.options, max: 1 })
  beside.on('error', () => {})
  return {
    /** For the questions of the test itself. */
    beside,
    step: (name: string) => void (step = name),
    reset: () => void (counted = []),
    sum: () => ({ statements: counts(() => true), commits: counts(({ text }) => text === 'commit') }),
    bySteps: () =>
      [...new Set(counted.map((one) => one.step))]
        .filter(Boolean)
        .map((name) => `${name} ${counts((one) => one.step === name)}`)
        .join(', '),
    list: () =>
      counted
        .filter((one) => one.step)
        .map((one) => `${one.step}: ${one.text.slice(0, 160)}`)
        .join('\n'),
  }
}
