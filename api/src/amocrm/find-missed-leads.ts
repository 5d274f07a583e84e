import type { App } from '../app.ts'
import { ingestLead } from '../leads/ingest-lead.ts'

const cursorName = 'amocrm.leads.created_at'
/** amoCRM's clock and ours differ, and a lead shows in the list a moment after it was made. */
const overlapSec = 300

/**
 * Asks amoCRM for the leads that were made lately: a hook may be lost. Those that are known change nothing. The first run
 * looks back one overlap only: what an account had before is not ours to work.
 */
export async function findMissedLeads(app: App): Promise<void> {
  const nowSec = Math.floor(app.now().getTime() / 1000)
  const { rows } = await app.db.query<{ value: number }>('select value from cursors where name = $1', [
    cursorName,
  ])
  const from = (rows[0]?.value ?? nowSec) - overlapSec
  for await (const leads of app.amocrm.leadsCreatedSince(from)) {
    const ids = leads.map((lead) => lead.id)
    const known = await app.db.query<{ id: number }>('select id from leads where id = any($1)', [ids])
    const knownIds = new Set(known.rows.map((row) => row.id))
    for (const id of ids.filter((one) => !knownIds.has(one))) {
      const became = await ingestLead(app, id)
      if (became === 'added')
        app.log.warn({ lead: id }, 'A lead was found by polling: its hook was lost or is late')
    }
  }
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [cursorName, JSON.stringify(nowSec)],
  )
}
