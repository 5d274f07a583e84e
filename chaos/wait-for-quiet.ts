import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Journals } from './journals.ts'

/** The system looks for lost hooks and updates once a minute: before that, silence means nothing. */
const catchUpMs = 65_000
const silenceMs = 12_000

/** What happens because of the system's work; not its regular questions. */
const work = new Set([
  'message',
  'note',
  'task',
  'lead.updated',
  'lead.added',
  'event.insert',
  'event.patch',
  'event.delete',
  'completion',
])

/**
 * Waits until the system has caught up and nothing happens any more. `nothingLost`: no hook and no update can have been lost, so that nothing
 * is to be caught up with.
 * @returns what is still under way after `limitMs`, or null when all is quiet
 */
export async function waitForQuiet(options: {
  journals: Journals
  databaseUrl: string
  limitMs: number
  signal: AbortSignal
  nothingLost?: boolean
}): Promise<string | null> {
  const { journals, databaseUrl, limitMs, signal, nothingLost = false } = options
  const started = Date.now()
  let open = ''
  for (;;) {
    await sleep(1000, undefined, { signal })
    const waited = Date.now() - started
    const silent = Date.now() - lastWorkAt(journals)
    if ((nothingLost || waited > catchUpMs) && silent > silenceMs) {
      open = await readOpenWork(databaseUrl)
      if (open === '') return null
    }
    if (waited > limitMs) return open || `work in the journals ${Math.round(silent / 1000)} s ago`
  }
}

const lastWorkAt = (journals: Journals) =>
  Math.max(
    0,
    ...Object.values(journals).map((entries) =>
      Date.parse(entries.findLast(({ kind }) => work.has(kind))?.at ?? '1970'),
    ),
  )

/** Looks at our tables, but only to know when to look at the rest. */
async function readOpenWork(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ what: string }>(
      `select 'outbox ' || id || ' ' || channel || ' of lead ' || lead_id || ' ' || state || ', try ' || attempts || ': ' || coalesce(last_error, '') as what
         from outbox where state in ('pending', 'sending')
       union all
       select 'turn ' || id || ' of lead ' || lead_id || ' ' || state || ', try ' || attempts || ': ' || coalesce(last_error, '')
         from turns where state = 'running' or (state = 'pending' and run_at < now() + interval '10 minutes')
       union all
       select 'inbox event ' || id || ' of ' || source || ', try ' || attempts || ': ' || coalesce(reason, '')
         from inbox_events where state = 'received'`,
    )
    return rows.map(({ what }) => what).join('\n')
  } catch (error) {
    return `the database: ${String(error)}`
  } finally {
    await client.end().catch(() => {})
  }
}
