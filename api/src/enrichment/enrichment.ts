import {
  type EnrichAnswer,
  type EnrichRequest,
  type FoundFact,
  foundFactSchema,
  foundFactsSchema,
} from '@lead/contract'
import { request } from 'undici'
import { z } from 'zod'
import type { Ports } from '../app.ts'
import { one, type Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { hidePersons } from '../masking/hide-persons.ts'
import { readGreetingName } from '../person/read-greeting-name.ts'
import { hastenTurn, waitWithTurn } from '../turns/engine/engine.ts'
import { signDispatch } from '../turns/sign-dispatch.ts'
import { clip, errorText } from '../text/storable.ts'

/** As it is kept with the lead. */
const enrichedSchema = z.object({
  askedAt: z.iso.datetime({ offset: true }),
  /** null: no answer yet; the first touch waits for it until `until`. */
  answeredAt: z.iso.datetime({ offset: true }).nullable(),
  until: z.iso.datetime({ offset: true }),
  outcome: z.enum(['waiting', 'taken', 'late', 'unreadable', 'not reached']),
  reason: z.string().nullable(),
  facts: z.array(foundFactSchema),
})
export type Enriched = z.infer<typeof enrichedSchema>

/** What is kept of a look-up; null: there was none, or another version wrote it. */
export const readEnriched = (stored: unknown): Enriched | null =>
  enrichedSchema
    .nullable()
    .catch(null)
    .parse(stored ?? null)

/** The facts that the first touch may use. */
export const foundFacts = ({ enriched }: Pick<Lead, 'enriched'>): FoundFact[] =>
  readEnriched(enriched)?.facts ?? []

type Turn = { id: number; fencing: number; kind: string }
type Port = Ports<'business' | 'config' | 'db' | 'log' | 'now'>

/** n8n only takes the question; the look-up itself goes on there. */
const takesMs = 3000
const publicMail =
  /^(?:gmail|googlemail|yandex|ya|mail|bk|inbox|list|internet|rambler|outlook|hotmail|live|icloud|me|yahoo|proton|protonmail|gmx|aol)\./

/**
 * Whether the first touch waits for facts. Asked once per lead; when the time is over, or nobody could be asked, it goes on without. The waiting
 * is a turn that is put off: it holds up nobody else, and survives a restart.
 */
export async function waitsForFacts(app: Port, turn: Turn, lead: Lead): Promise<boolean> {
  const { enrich } = app.business
  if (turn.kind !== 'first_touch' || enrich === null) return false
  const known = readEnriched(lead.enriched)
  const lease = { turnId: turn.id, fencing: turn.fencing }
  if (known) {
    const until = new Date(known.until)
    if (known.outcome !== 'waiting' || until <= app.now()) return false
    await waitWithTurn(app.db, lease, until)
    return true
  }
  const now = app.now()
  const until = new Date(now.getTime() + enrich.withinSec * 1000)
  const asked: Enriched = {
    askedAt: now.toISOString(),
    answeredAt: null,
    until: until.toISOString(),
    outcome: 'waiting',
    reason: null,
    facts: [],
  }
  // Before n8n has the question: its answer may be quicker than ours to it.
  await keepEnriched(app.db, lead.id, asked)
  try {
    await ask(app, turn, lead, enrich)
  } catch (error) {
    const reason = clip(errorText(error), 300)
    app.log.warn(
      { lead: lead.id, reason },
      'The workflow enrich was not reached: the first touch goes without',
    )
    await keepEnriched(app.db, lead.id, { ...asked, outcome: 'not reached', reason })
    return false
  }
  await waitWithTurn(app.db, lease, until)
  const { answered } = one(
    await app.db.query<{ answered: boolean }>(
      `select enriched ->> 'outcome' <> 'waiting' as answered from leads where id = $1`,
      [lead.id],
    ),
  )
  if (answered) await hastenTurn(app.db, lead.id, 'first_touch')
  return true
}

async function ask(
  app: Port,
  turn: Turn,
  lead: Lead,
  { url, withinSec }: { url: string; withinSec: number },
): Promise<void> {
  const { hide } = hidePersons([lead.contact_name, readGreetingName(lead.name)], app.business.country)
  const domain = lead.email?.split('@')[1]?.toLowerCase() ?? null
  const body: EnrichRequest = {
    turn: { id: turn.id, fencing: turn.fencing, kind: 'first_touch', leadId: lead.id },
    url,
    timeoutMs: Math.max(1000, withinSec * 1000 - 2000),
    about: {
      title: lead.card.title ? hide(lead.card.title) : null,
      source: lead.card.source ? hide(lead.card.source) : null,
      emailDomain: domain && !publicMail.test(domain) ? domain : null,
      language: lead.language ?? app.business.language,
    },
  }
  const answer = await request(`${app.config.n8nUrl}/webhook/enrich`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${signDispatch(app.config.dispatchSecret, turn, new Date())}`,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(takesMs),
  })
  await answer.body.dump()
  if (answer.statusCode >= 300) throw new Error(`n8n answered ${answer.statusCode}`)
}

/**
 * What the workflow found, as it came: checked here, and kept with its source, apart from what the lead said. @returns null when there is no such
 * turn, or it asked for nothing
 */
export async function takeFacts(
  app: Ports<'db' | 'now' | 'wake'>,
  turnId: number,
  given: unknown,
): Promise<EnrichAnswer | null> {
  const { rows } = await app.db.query<{ id: number; enriched: unknown }>(
    'select l.id, l.enriched from leads l join turns t on t.lead_id = l.id where t.id = $1',
    [turnId],
  )
  const [lead] = rows
  const asked = readEnriched(lead?.enriched)
  if (!lead || !asked) return null
  if (asked.outcome !== 'waiting')
    return { outcome: asked.outcome === 'not reached' ? 'late' : asked.outcome }
  const now = app.now()
  const facts = foundFactsSchema.safeParse(given)
  const outcome = now > new Date(asked.until) ? 'late' : facts.success ? 'taken' : 'unreadable'
  await keepEnriched(app.db, lead.id, {
    ...asked,
    answeredAt: now.toISOString(),
    outcome,
    reason: facts.success ? null : clip(z.prettifyError(facts.error), 300),
    facts: outcome === 'taken' && facts.success ? facts.data : [],
  })
  await hastenTurn(app.db, lead.id, 'first_touch')
  app.wake.up('turns')
  return { outcome }
}

/** The one writer of what was found. */
async function keepEnriched(db: Queryable, leadId: number, enriched: Enriched): Promise<void> {
  await db.query('update leads set enriched = $2 where id = $1', [leadId, enriched])
}
