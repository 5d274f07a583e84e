import { isOfOneCard } from '../amocrm/amocrm-error.ts'
import type { AmocrmContact } from '../amocrm/answers.ts'
import { parseHook } from '../amocrm/parse-hook.ts'
import type { App, Ports } from '../app.ts'
import { cardIsGone } from '../leads/card-gone.ts'
import { followCard } from '../leads/follow-card.ts'
import { eachAlone } from '../process/each-alone.ts'
import { followContact } from '../leads/follow-contact.ts'
import { followNote } from '../leads/follow-note.ts'
import { type Card, readCards } from '../leads/read-card.ts'
import { clip } from '../text/storable.ts'
import { hookMeaning, type HookMeaning } from './hook-meaning.ts'
import { type KnownLead, needsReading } from './needs-reading.ts'
import { readable, UnreadableEvent } from './unreadable-event.ts'

type Plan = { said: string; meaning: HookMeaning; read: Set<number> }
export type HookOutcome = { meaning: string } | { error: unknown }

/**
 * Works out what stored hooks mean and does it, in their order. What they need of amoCRM is read for all of them together; each
 * has its own outcome.
 */
export async function processHooks(app: App, bodies: Buffer[]): Promise<HookOutcome[]> {
  const accountId = await ownAccountId(app)
  const plans = bodies.map((body) => attemptSync(() => planOf(body, accountId)))
  const meanings = plans.flatMap((plan) => ('value' in plan ? [plan.value] : []))
  const decided = await attempt(() => decideReading(app, meanings))
  if ('error' in decided) return plans.map((plan) => ('error' in plan ? plan : decided))
  const together = await attempt(() => readTogether(app, meanings))
  const outcomes: HookOutcome[] = []
  for (const plan of plans) {
    if ('error' in plan) {
      outcomes.push(plan)
      continue
    }
    // One card that amoCRM or we cannot make sense of must not hold up the others.
    const alone = 'error' in together && meanings.length > 1 && isOfOneCard(together.error)
    const reading = alone ? await attempt(() => readTogether(app, [plan.value])) : together
    if ('error' in reading && needsAny(plan.value)) outcomes.push(reading)
    else {
      const done = await attempt(() => act(app, plan.value, 'value' in reading ? reading.value : nothingRead))
      outcomes.push('error' in done ? done : { meaning: plan.value.said })
    }
  }
  return outcomes
}

type Read = { cards: Map<number, Card>; contacts: Map<number, AmocrmContact> }
const nothingRead: Read = { cards: new Map(), contacts: new Map() }

function planOf(body: Buffer, accountId: string | null): Plan {
  const hook = readable(() => parseHook(body.toString('utf8')))
  if (accountId !== null && hook.accountId !== null && hook.accountId !== accountId)
    throw new UnreadableEvent(`The hook is of the account ${hook.accountId.slice(0, 20)}, not of ours`)
  return {
    said: clip(hook.items.map((item) => `${item.entity}.${item.action}`).join(' '), 1000),
    meaning: hookMeaning(hook.items),
    read: new Set(),
  }
}

const needsAny = ({ meaning, read }: Plan) => read.size > 0 || meaning.contacts.length > 0

/** Decides which cards and contacts have to be read. */
async function decideReading(app: Ports<'business' | 'db'>, plans: Plan[]): Promise<void> {
  const ids = plans.flatMap(({ meaning }) => [
    ...meaning.announced,
    ...meaning.deleted,
    ...meaning.touched.map(({ leadId }) => leadId),
  ])
  const known = new Map((await findKnown(app, ids)).map((lead) => [lead.id, lead]))
  for (const { meaning, read } of plans) {
    for (const id of meaning.announced) if (!known.has(id)) read.add(id)
    for (const id of meaning.deleted) if (known.has(id)) read.add(id)
    for (const { leadId, fields } of meaning.touched) {
      const lead = known.get(leadId)
      if (lead && needsReading(lead, fields, app.business.amocrm.tags)) read.add(leadId)
    }
  }
  const contactIds = await knownContacts(
    app,
    plans.flatMap(({ meaning }) => meaning.contacts),
  )
  for (const { meaning } of plans) meaning.contacts = meaning.contacts.filter((id) => contactIds.has(id))
}

/** Reads them with as few requests as there can be. */
async function readTogether(app: Ports<'amocrm'>, plans: Plan[]): Promise<Read> {
  const contactIds = new Set(plans.flatMap(({ meaning }) => meaning.contacts))
  return {
    cards: await readCards(
      app,
      plans.flatMap(({ read }) => [...read]),
    ),
    contacts: contactIds.size > 0 ? await app.amocrm.contacts([...contactIds]) : new Map(),
  }
}

async function act(app: App, { meaning, read }: Plan, { cards, contacts }: Read): Promise<void> {
  const announced = new Set(meaning.announced)
  await eachAlone([
    ...[...read].map((id) => async () => {
      const card = cards.get(id)
      if (card && !card.lead.is_deleted) await followCard(app, card, { announced: announced.has(id) })
      else await cardIsGone(app, id)
    }),
    ...meaning.contacts.map((id) => async () => {
      const contact = contacts.get(id)
      if (contact) await followContact(app, contact)
    }),
    ...meaning.notes.map((note) => () => followNote(app, note)),
  ])
}

async function findKnown(app: Ports<'db'>, ids: number[]): Promise<KnownLead[]> {
  if (ids.length === 0) return []
  const { rows } = await app.db.query<KnownLead>(
    `select id, name, contact_id, status_id, pipeline_id, responsible_user_id, control, control_source, card_gone_at
     from leads where id = any($1)`,
    [ids],
  )
  return rows
}

async function knownContacts(app: Ports<'db'>, ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const { rows } = await app.db.query<{ contact_id: number }>(
    'select distinct contact_id from leads where contact_id = any($1)',
    [ids],
  )
  return new Set(rows.map((row) => row.contact_id))
}

/** Null until the account was asked once. */
async function ownAccountId(app: Ports<'db'>): Promise<string | null> {
  const { rows } = await app.db.query<{ id: string }>(
    `select value ->> 'id' as id from cursors where name = 'amocrm.account'`,
  )
  return rows[0]?.id ?? null
}

type Attempt<Value> = { value: Value } | { error: unknown }
function attemptSync<Value>(work: () => Value): Attempt<Value> {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}
const attempt = <Value>(work: () => Promise<Value>): Promise<Attempt<Value>> =>
  work().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
