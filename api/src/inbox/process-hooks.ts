import { accountMapOf } from '../amocrm/account-map.ts'
import type { AmocrmContact } from '../amocrm/answers.ts'
import { parseHook } from '../amocrm/parse-hook.ts'
import type { App, Ports } from '../app.ts'
import { cardIsGone } from '../leads/card-gone.ts'
import { followCard } from '../leads/follow-card.ts'
import { eachAlone } from '../process/each-alone.ts'
import { followContact } from '../leads/follow-contact.ts'
import { followNote } from '../leads/follow-note.ts'
import { mayBeNew, type Newness, newnessNow } from '../leads/may-be-new.ts'
import { type Card, readCards } from '../leads/read-card.ts'
import { clip } from '../text/storable.ts'
import { hookMeaning, type HookMeaning, signsOfNew } from './hook-meaning.ts'
import { type KnownLead, needsReading } from './needs-reading.ts'
import { readable, UnreadableEvent } from './unreadable-event.ts'

type Plan = {
  said: string
  meaning: HookMeaning
  read: Set<number>
  /** Leads that we do not know, with what this hook says of where they come from. */
  strangers: Map<number, ReturnType<typeof signsOfNew>>
}
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
    if ('error' in together && needsAny(plan.value)) outcomes.push(together)
    else {
      const read = 'value' in together ? together.value : nothingRead
      const done = await attempt(() => act(app, plan.value, read, decided.value))
      outcomes.push('error' in done ? done : { meaning: plan.value.said })
    }
  }
  return outcomes
}

/** `failed`: cards and contacts that amoCRM or we cannot make sense of; the others are not held up by them. */
type Read = {
  cards: Map<number, Card>
  contacts: Map<number, AmocrmContact>
  failed: { cards: Map<number, unknown>; contacts: Map<number, unknown> }
}
const nothingRead: Read = {
  cards: new Map(),
  contacts: new Map(),
  failed: { cards: new Map(), contacts: new Map() },
}

function planOf(body: Buffer, accountId: string | null): Plan {
  const hook = readable(() => parseHook(body.toString('utf8')))
  if (accountId !== null && hook.accountId !== null && hook.accountId !== accountId)
    throw new UnreadableEvent(`The hook is of the account ${hook.accountId.slice(0, 20)}, not of ours`)
  return {
    said: clip(hook.items.map((item) => `${item.entity}.${item.action}`).join(' '), 1000),
    meaning: hookMeaning(hook.items),
    read: new Set(),
    strangers: new Map(),
  }
}

const needsAny = ({ meaning, read }: Plan) => read.size > 0 || meaning.contacts.length > 0

/** Decides which cards and contacts have to be read. @returns how new leads are told */
async function decideReading(
  app: Pick<App, 'amocrm' | 'business' | 'db' | 'now'>,
  plans: Plan[],
): Promise<Newness> {
  const ids = plans.flatMap(({ meaning }) => [
    ...meaning.announced,
    ...meaning.deleted,
    ...meaning.linked,
    ...meaning.touched.map(({ leadId }) => leadId),
  ])
  const known = new Map((await findKnown(app, ids)).map((lead) => [lead.id, lead]))
  const strange = plans.some(({ meaning }) => meaning.touched.some(({ leadId }) => !known.has(leadId)))
  const newness = await newnessNow(app, strange ? (await accountMapOf(app)).incoming : new Set())
  for (const { meaning, read, strangers } of plans) {
    for (const id of meaning.announced) if (!known.has(id)) read.add(id)
    for (const id of meaning.accepted) read.add(id)
    for (const id of meaning.deleted) if (known.has(id)) read.add(id)
    for (const { leadId, fields } of meaning.touched) {
      const lead = known.get(leadId)
      const signs = signsOfNew(fields)
      if (lead && needsReading(lead, fields, app.business.amocrm.tags)) read.add(leadId)
      // Its announcement may have been lost, or there was none: an accepted lead may come as a mere change of stage.
      if (!lead && mayBeNew(newness, signs)) strangers.set(leadId, signs)
    }
    for (const id of strangers.keys()) read.add(id)
    // The contact may have been linked to the lead just now.
    for (const id of meaning.linked) if (known.get(id)?.contact_id === null) read.add(id)
  }
  const contactIds = await knownContacts(
    app,
    plans.flatMap(({ meaning }) => meaning.contacts),
  )
  for (const { meaning } of plans) meaning.contacts = meaning.contacts.filter((id) => contactIds.has(id))
  return newness
}

/** Reads them with as few requests as there can be. */
async function readTogether(app: Ports<'amocrm'>, plans: Plan[]): Promise<Read> {
  const contactIds = new Set(plans.flatMap(({ meaning }) => meaning.contacts))
  const { cards, failed } = await readCards(
    app,
    plans.flatMap(({ read }) => [...read]),
  )
  const contacts = contactIds.size > 0 ? await app.amocrm.contacts([...contactIds]) : null
  return {
    cards,
    contacts: contacts?.found ?? new Map(),
    failed: { cards: failed, contacts: contacts?.failed ?? new Map() },
  }
}

async function act(
  app: App,
  { meaning, read, strangers }: Plan,
  { cards, contacts, failed }: Read,
  newness: Newness,
): Promise<void> {
  const announced = new Set(meaning.announced)
  await eachAlone([
    ...[...read].map((id) => async () => {
      if (failed.cards.has(id)) throw failed.cards.get(id)
      const card = cards.get(id)
      if (!card || card.lead.is_deleted) return cardIsGone(app, id)
      const signs = strangers.get(id)
      const isNew =
        announced.has(id) ||
        (signs !== undefined && mayBeNew(newness, { ...signs, createdAt: card.lead.created_at }))
      await followCard(app, card, { announced: isNew })
    }),
    ...meaning.contacts.map((id) => async () => {
      if (failed.contacts.has(id)) throw failed.contacts.get(id)
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
