import { createHash } from 'node:crypto'
import type { App, Ports } from '../app.ts'
import { one } from '../database/pool.ts'
import { storeEvent } from '../inbox/store-event.ts'
import { cardIsGone } from '../leads/card-gone.ts'
import { followCard } from '../leads/follow-card.ts'
import { followContact } from '../leads/follow-contact.ts'
import { mayBeNew, newnessNow } from '../leads/may-be-new.ts'
import { addContacts, readCards } from '../leads/read-card.ts'
import { errorText } from '../text/storable.ts'
import { accountMapOf } from './account-map.ts'
import { AmocrmError, isOfOneCard, isRefusal } from './amocrm-error.ts'
import type { AmocrmLead } from './answers.ts'
import { savePollState } from './poll-state.ts'

const cursorName = 'amocrm.leads.updated_at'
/** amoCRM's clock and ours differ, and a lead shows in the list a moment after it was changed. */
const overlapSec = 300
/** Leads that wait for somebody to write to; each costs up to two requests where the account has no filters. */
const mostWaiting = 20

/**
 * Asks amoCRM for the cards that were made, changed, accepted or deleted lately: a hook may be lost, or there may be none. What agrees
 * changes nothing. The first run looks back one overlap only: what an account had before is not ours to work. How it went is kept.
 */
export async function findMissedLeads(app: App): Promise<void> {
  const refused: string[] = []
  const done = (error: string | null) => savePollState(app, { error, filters: app.amocrm.filters(), refused })
  try {
    await poll(app, refused)
    await done(null)
  } catch (error) {
    // Nothing was asked: the gate says why.
    if (!(error instanceof AmocrmError && error.unsent)) await done(errorText(error))
    throw error
  }
}

async function poll(app: App, refused: string[]): Promise<void> {
  // The clock of PostgreSQL: amoCRM's marks are real times, whatever day a test lets the assistant think it is.
  const { now: nowSec, value } = one(
    await app.db.query<{ now: number; value: number | null }>(
      'select floor(extract(epoch from now()))::int8 as now, (select value from cursors where name = $1) as value',
      [cursorName],
    ),
  )
  const from = (value ?? nowSec) - overlapSec
  const map = await accountMapOf(app)
  const events = await optional(refused, 'events', () =>
    app.amocrm.leadEventsSince(from, ['lead_deleted', 'lead_status_changed']),
  )
  const accepted = new Set(
    events.flatMap(({ entity_id: id, value_before: before }) =>
      before.some(({ lead_status: status }) => status && map.incoming.has(status.id)) ? [id] : [],
    ),
  )
  // The first run finds no mark of the account's beginning: it begins now.
  const newness = await newnessNow(app, map.incoming)
  const announces = (lead: AmocrmLead) =>
    accepted.has(lead.id) ||
    lead.created_at >= from ||
    mayBeNew(newness, { createdAt: lead.created_at, oldStatusId: null })
  const gone = events.flatMap(({ type, entity_id: id }) => (type === 'lead_deleted' ? [id] : []))
  for await (const { items, broken, deleted } of app.amocrm.leadsUpdatedSince(from)) {
    await followPage(app, items, announces)
    gone.push(...deleted.map(({ id }) => id))
    for (const { id, problem } of broken) if (id !== null) await leaveToInbox(app, id, problem)
  }
  await followDeletions(app, gone)
  await followContacts(app, from, refused)
  await lookAtWaiting(app)
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [cursorName, JSON.stringify(nowSec)],
  )
}

/** What the account does not let us read is done without, and said. */
async function optional<Item>(refused: string[], what: string, read: () => Promise<Item[]>): Promise<Item[]> {
  try {
    return await read()
  } catch (error) {
    if (!isRefusal(error)) throw error
    refused.push(`${what}: ${error.message}`)
    return []
  }
}

/** What is said to be deleted is asked of the cards themselves: they may be restored. */
async function followDeletions(app: App, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await app.db.query<{ id: number }>(
    'select id from leads where id = any($1) and card_gone_at is null',
    [ids],
  )
  for (const { id } of rows) {
    await alone(app, id, async () => {
      const { cards, failed } = await readCards(app, [id])
      if (failed.has(id)) throw failed.get(id)
      const card = cards.get(id)
      if (!card || card.lead.is_deleted) await cardIsGone(app, id)
    })
  }
}

async function followPage(
  app: App,
  leads: AmocrmLead[],
  announces: (lead: AmocrmLead) => boolean,
): Promise<void> {
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
  const missed = leads.filter((lead) => !seen.has(lead.id) && !lead.is_deleted && announces(lead))
  const contacts = await addContacts(app, missed)
  for (const lead of missed) {
    await alone(app, lead.id, async () => {
      if (
        (await followCard(app, contacts.get(lead.id) ?? { lead, contact: undefined }, {
          announced: true,
        })) === 'added'
      )
        app.log.warn({ lead: lead.id }, 'A lead was found by polling: its hook was lost or is late')
    })
  }
}

/** People whose phone or Telegram name came, or changed, without a hook. */
async function followContacts(app: App, from: number, refused: string[]): Promise<void> {
  await optional(refused, 'contacts', async () => {
    for await (const { items } of app.amocrm.contactsUpdatedSince(from)) {
      const { rows } = await app.db.query<{ id: number; lead_id: number }>(
        'select contact_id as id, min(id) as lead_id from leads where contact_id = any($1) group by contact_id',
        [items.map(({ id }) => id)],
      )
      const leadOf = new Map(rows.map((row) => [row.id, row.lead_id]))
      for (const contact of items) {
        const leadId = leadOf.get(contact.id)
        if (leadId !== undefined) await alone(app, leadId, () => followContact(app, contact))
      }
    }
    return []
  })
}

/** Leads with nobody to write to yet: a contact that is linked to one later need not change the lead. The newest are looked at most. */
async function lookAtWaiting(app: App): Promise<void> {
  const { rows } = await app.db.query<{ id: number }>(
    `select l.id from turns t join leads l on l.id = t.lead_id
     where t.state = 'pending' and t.kind = 'first_touch' and l.phones = '{}' and l.telegram_username is null
       and l.card_gone_at is null
     order by l.created_at > now() - interval '1 hour' desc, random() limit $1`,
    [mostWaiting],
  )
  if (rows.length === 0) return
  const { cards } = await readCards(
    app,
    rows.map(({ id }) => id),
  )
  for (const [id, card] of cards)
    if (card.contact) await alone(app, id, () => followCard(app, card, { announced: false }))
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
    body: Buffer.from(`leads[update][0][id]=${leadId}`),
  })
  if (!added) return
  app.log.error({ lead: leadId, problem }, 'A card could not be followed; it is in the inbox now')
  app.wake.up('inbox')
}
