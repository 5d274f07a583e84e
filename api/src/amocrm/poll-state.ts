import { type Language, texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import type { Filters } from './lists.ts'

/** How the last look at the account went, for /ready and for people. */
export type PollState = {
  /** Null: never. */
  at: Date | null
  error: string | null
  filters: Filters
  /** What the account does not let us read, with its words. */
  refused: string[]
}
type Stored = { error: string | null; filters: Filters; refused: string[] }

const name = 'amocrm.poll'

export async function savePollState(app: Ports<'db'>, state: Stored): Promise<void> {
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [name, JSON.stringify(state)],
  )
}

export async function readPollState(app: Ports<'db'>): Promise<PollState> {
  const { rows } = await app.db.query<{ value: Stored; updated_at: Date }>(
    'select value, updated_at from cursors where name = $1',
    [name],
  )
  const [row] = rows
  return row
    ? { at: row.updated_at, ...row.value }
    : { at: null, error: null, filters: 'unknown', refused: [] }
}

/** In words; null when there is nothing to say. */
export const filtersText = (filters: Filters, language: Language = 'en'): string | null =>
  filters === 'unknown' || filters === 'work'
    ? null
    : texts[language].terminal.checks.amocrm.filtersAre[filters]
