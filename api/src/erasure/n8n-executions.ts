import { Client } from 'pg'
import type { Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { Problem } from '../http/problems.ts'
import { errorText } from '../text/storable.ts'
import type { Person } from './signs.ts'

/** n8n's clock and PostgreSQL's may differ by so much. */
const slackMs = 5000

export type N8nTraces = {
  leads: number[]
  turns: number[]
  googleEvents: string[]
  person: Person
  /** From then on nothing was begun with this person. */
  silentSince: Date
}

/**
 * Deletes what n8n keeps of its executions about this person. n8n's database is n8n's own: our role may call two functions there
 * (db/init.sql), which find executions by texts in them, and nothing else.
 * @returns how many executions
 * @throws Problem `unavailable` when n8n's database or the function is not there, `conflict` while an execution runs that may be about
 *   the person: it is written when it ends
 */
export async function eraseExecutions(app: Ports<'config' | 'db'>, traces: N8nTraces): Promise<number> {
  const client = await open(app)
  try {
    const running = await ask(client, 'select erasure.running_executions($1)::int as count', [
      new Date(traces.silentSince.getTime() + slackMs),
    ])
    if (running > 0)
      throw new Problem('conflict', `Not yet: n8n still runs ${running} execution(s) from before`)
    return await ask(client, 'select erasure.erase_executions($1)::int as count', [needlesOf(traces)])
  } finally {
    await client.end().catch(() => {})
  }
}

/** How an execution names a lead, a turn, an event: as JSON, as JSON inside of a text, and in addresses. */
export function needlesOf({ leads, turns, googleEvents, person }: N8nTraces): string[] {
  const json = (name: string, id: number) =>
    ['"', String.raw`\"`].flatMap((quote) => [',', '}'].map((end) => `${quote}${name}${quote}:${id}${end}`))
  return [
    ...leads.flatMap((id) => [...json('leadId', id), `/conversation/${id}`]),
    ...turns.flatMap((id) => [...json('turnId', id), `/turns/${id}/`]),
    ...googleEvents,
    ...person.phones,
    ...person.emails,
    ...person.usernames.map((name) => `@${name}`),
  ]
}

async function open({ config, db }: Ports<'config' | 'db'>): Promise<Client> {
  const url = new URL(db.options.connectionString ?? config.databaseUrl)
  url.pathname = `/${encodeURIComponent(config.n8nDatabase)}`
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw away(error)
  }
}

async function ask(client: Client, text: string, values: unknown[]): Promise<number> {
  const answer = await client.query<{ count: number }>(text, values).catch((error: unknown) => {
    throw away(error)
  })
  return one(answer).count
}

const away = (error: unknown) =>
  new Problem(
    'unavailable',
    `n8n's executions cannot be reached: ${errorText(error)}. Run db/init.sql once more (it says at its head how), and look at N8N_DB_NAME`,
  )
