import { createHash } from 'node:crypto'
import type { App, Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { storeEvent } from '../inbox/store-event.ts'
import { cardIsGone } from '../leads/card-gone.ts'
import { followCard } from '../leads/follow-card.ts'
import { addContacts, readCards } from '../leads/read-card.ts'
import { errorText } from '../text/storable.ts'
import { isOfOneCard } from './amocrm-error.ts'
import type { AmocrmLead } from './answers.ts'

const cursorName = 'amocrm.leads.updated_at'
/** amoCRM's clock and ours differ, and a lead shows in the list a moment after it was changed. */
const overlapSec = 300

/**
 * Asks amoCRM for the leads that were made or changed lately: a hook may be lost. Those that agree change nothing. The first run
 * looks back one overlap only: what an account had before is not ours to work.
 */
export async function findMissedLeads(app: App): Promise<void> {
  // The clock of PostgreSQL: amoCRM's marks are real times, whatever day a test lets the assistant think it is.
  const { now: nowSec, value } = one(
    await app.db.query<{ now: number; value: number | null }>(
      'select floor(extract(epoch from now()))::int8 as now, (select value from cursors where name = $1) as value',
      [cursorName],
    ),
  )
  const from = (value ?? nowSec) - overlapSec
  for await (const { items, broken } of app.amocrm.leadsUpdatedSince(from)) {
    await followPage(app, items, from)
    for (const { id, problem } of broken) if (id !== null) await leaveToInbox(app, id, problem)
  }
  await findMissedDeletions(app, from)
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [cursorName, JSON.stringify(nowSec)],
  )
}

/** What the log says is asked of the cards themselves: they may be restored. */
async function findMissedDeletions(app: App, from: number): Promise<void> {
  const deleted = await app.amocrm.leadsDeletedSince(from)
  if (deleted.length === 0) return
  const { rows } = await app.db.query<{ id: number }>(
    'select id from leads where id = any($1) and card_gone_at is null',
    [deleted],
  )
  for (const { id } of rows) {
    await alone(app, id, async () => {
      const card = (await readCards(app, [id])).get(id)
      if (!card || card.lead.is_deleted) await cardIsGone(app, id)
    })
  }
}

async function followPage(app: App, leads: AmocrmLead[], from: number): Promise<void> {
  const { rows } = await app.db.query<{ id: number; seen: number | null }>(
    'select id, extract(epoch from card_updated_at)::float8 as seen from leads where id = any($1)',
    [leads.map((lead) => lead.id)],
  )
  const seen = new Map(rows.map((row) => [row.id, row.seen]))
  // amoCRM counts in whole seconds: what was changed in the second of our last reading may be newer than it.
  const changed = leads.filter((lead) => seen.has(lead.id) && (seen.get(lead.id) ?? 0) <= lead.updated_at)
  for (const lead of changed) {
    await alone(app, lead.id, () => followCard(app, { lead, contact: undefined }, { announced: false }))
  }
  const missed = leads.filter((lead) => !seen.has(lead.id) && lead.created_at >= from && !lead.is_deleted)
  const contacts = await addContacts(app, missed).catch((error: unknown) => {
    if (isOfOneCard(error)) return null
    throw error
  })
  for (const lead of missed) {
    await alone(app, lead.id, async () => {
      const card = (contacts ?? (await addContacts(app, [lead]))).get(lead.id)!
      if ((await followCard(app, card, { announced: true })) === 'added')
        app.log.warn({ lead: lead.id }, 'A lead was found by polling: its hook was lost or is late')
    })
  }
}

/** One card that cannot be followed goes into the inbox, which tries it again and in the end makes it a dead letter; the others go on. */
async function alone(
  app: Ports<'db' | 'log' | 'wake'>,
  leadId: number,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isOfOneCard(error)) throw error
    await leaveToInbox(app, leadId, errorText(error))
  }
}

/** Once for each thing that is wrong with the card. */
async function leaveToInbox(
  app: Ports<'db' | 'log' | 'wake'>,
  leadId: number,
  problem: string,
): Promise<void> {
  const added = await storeEvent(app.db, {
    source: 'amocrm',
    dedupeKey: `poll:${leadId}:${createHash('sha256').update(problem).digest('hex').slice(0, 16)}`,
    contentType: 'application/x-www-form-urlencoded',
    body: Buffer.from(`leads[add][0][id]=${leadId}&leads[update][0][id]=${leadId}`),
  })
  if (!added) return
  app.log.error({ lead: leadId, problem }, 'A card could not be followed; it is in the inbox now')
  app.wake.up('inbox')
}
