import type { Language } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import type { Lead } from '../leads/lead.ts'
import { mainContactId } from '../leads/read-card.ts'
import { mayEnter } from '../leads/stage-rank.ts'
import { accountMapOf, forgetAccountMap } from './account-map.ts'
import type { AmocrmLead } from './answers.ts'
import type { AccountMap } from './status-map.ts'
import { type AccountRow, inspectAccount } from './inspect-account.ts'
import type { Subscription } from './subscription.ts'

export type Difference = { leadId: number; what: string; ours: string; theirs: string }

export type AccountReport = {
  account: { id: number; name: string | null }
  /** What config/business.yaml names and the account does not have. */
  missing: string[]
  /** What the account has of all that we use, and what is wrong with it. */
  rows: AccountRow[]
  /** Null: the account does not let us read them. */
  subscriptions: Subscription[] | null
  /** New leads that we do not know. */
  missedLeads: number[]
  /** Cards that were changed and we have not seen it. */
  changedLeads: Difference[]
  /** Leads whose stage here and status there mean different things, though nothing is on its way. */
  drift: Difference[]
}

type KnownLead = Lead & { writing: boolean }
const mostLeads = 2000

/** Compares the account with what we know and with config/business.yaml. Changes nothing; the regular catching up does. */
export async function checkAccount(app: App, language: Language = 'en'): Promise<AccountReport> {
  forgetAccountMap(app)
  const map = await accountMapOf(app)
  const [account, { rows, subscriptions }, known] = await Promise.all([
    app.amocrm.account(),
    inspectAccount(app, language),
    openLeads(app),
  ])
  const { found: cards } = await app.amocrm.leads(known.map(({ id }) => id))
  return {
    account: { id: account?.id ?? 0, name: account?.name ?? null },
    missing: map.missing,
    rows,
    subscriptions,
    missedLeads: await findMissed(app, map),
    changedLeads: known.flatMap((lead) => changesOf(lead, cards.get(lead.id))),
    drift: known.flatMap((lead) => driftOf(lead, cards.get(lead.id), map)),
  }
}

async function openLeads(app: Ports<'db'>): Promise<KnownLead[]> {
  const { rows } = await app.db.query<KnownLead>(
    `select l.*, exists (select from outbox o where o.lead_id = l.id and o.channel = 'amocrm'
                           and o.state in ('pending', 'sending')) as writing
     from leads l where card_gone_at is null and stage not in ('won', 'lost') order by updated_at desc limit $1`,
    [mostLeads],
  )
  return rows
}

/** Of the last day, but not from before we were first started: those are not ours. */
async function findMissed(app: Ports<'db' | 'amocrm' | 'now'>, map: AccountMap): Promise<number[]> {
  const nowSec = Math.floor(app.now().getTime() / 1000)
  const { rows } = await app.db.query<{ since: number | null }>(
    `select (value ->> 'since')::float8 as since from cursors where name = 'amocrm.account'`,
  )
  const from = Math.max(nowSec - 24 * 3600, Math.floor(rows[0]?.since ?? nowSec))
  const missed: number[] = []
  for await (const { items } of app.amocrm.leadsUpdatedSince(from)) {
    const made = items.filter(
      (lead) =>
        lead.created_at >= from && !lead.is_deleted && (map.pipelines.get(lead.pipeline_id)?.worked ?? true),
    )
    const { rows: known } = await app.db.query<{ id: number }>('select id from leads where id = any($1)', [
      made.map(({ id }) => id),
    ])
    const ids = new Set(known.map(({ id }) => id))
    missed.push(...made.map(({ id }) => id).filter((id) => !ids.has(id)))
  }
  return missed
}

function changesOf(lead: KnownLead, card: AmocrmLead | undefined): Difference[] {
  const differ = (what: string, ours: unknown, theirs: unknown): Difference[] =>
    ours === theirs ? [] : [{ leadId: lead.id, what, ours: String(ours), theirs: String(theirs) }]
  if (!card || card.is_deleted) return differ('card', 'present', 'deleted')
  return [
    ...differ('status', `${lead.pipeline_id}/${lead.status_id}`, `${card.pipeline_id}/${card.status_id}`),
    ...differ('responsible', lead.responsible_user_id, card.responsible_user_id ?? null),
    ...differ('contact', lead.contact_id, mainContactId(card)),
  ]
}

function driftOf(lead: KnownLead, card: AmocrmLead | undefined, map: AccountMap): Difference[] {
  if (!card || lead.writing || card.status_id !== lead.status_id) return []
  const pipeline = map.pipelines.get(card.pipeline_id)
  const expected = pipeline?.statuses[lead.stage]
  if (expected === undefined || expected === card.status_id || !mayEnter(lead, lead.stage)) return []
  const theirs = pipeline?.stageOf.get(card.status_id) ?? String(card.status_id)
  return [{ leadId: lead.id, what: 'stage', ours: lead.stage, theirs }]
}
