import type { App } from '../app.ts'
import { followCard } from '../leads/follow-card.ts'
import { addContacts } from '../leads/read-card.ts'
import type { AmocrmLead } from './answers.ts'

const cursorName = 'amocrm.leads.updated_at'
/** amoCRM's clock and ours differ, and a lead shows in the list a moment after it was changed. */
const overlapSec = 300

/**
 * Asks amoCRM for the leads that were made or changed lately: a hook may be lost. Those that agree change nothing. The first run
 * looks back one overlap only: what an account had before is not ours to work.
 */
export async function findMissedLeads(app: App): Promise<void> {
  const nowSec = Math.floor(app.now().getTime() / 1000)
  const { rows } = await app.db.query<{ value: number }>('select value from cursors where name = $1', [
    cursorName,
  ])
  const from = (rows[0]?.value ?? nowSec) - overlapSec
  for await (const leads of app.amocrm.leadsUpdatedSince(from)) await followPage(app, leads, from)
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [cursorName, JSON.stringify(nowSec)],
  )
}

async function followPage(app: App, leads: AmocrmLead[], from: number): Promise<void> {
  const { rows } = await app.db.query<{ id: number; seen: number | null }>(
    'select id, extract(epoch from card_updated_at)::float8 as seen from leads where id = any($1)',
    [leads.map((lead) => lead.id)],
  )
  const seen = new Map(rows.map((row) => [row.id, row.seen]))
  // amoCRM counts in whole seconds: what was changed in the second of our last reading may be newer than it.
  const changed = leads.filter((lead) => seen.has(lead.id) && (seen.get(lead.id) ?? 0) <= lead.updated_at)
  for (const lead of changed) await followCard(app, { lead, contact: undefined }, { announced: false })
  const missed = leads.filter((lead) => !seen.has(lead.id) && lead.created_at >= from && !lead.is_deleted)
  for (const card of (await addContacts(app, missed)).values()) {
    if ((await followCard(app, card, { announced: true })) === 'added')
      app.log.warn({ lead: card.lead.id }, 'A lead was found by polling: its hook was lost or is late')
  }
}
