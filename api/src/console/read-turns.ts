import { storedDecisionSchema } from '@lead/contract'
import { type TurnTrace } from '@lead/contract/console'
import { z } from 'zod'
import type { Queryable } from '../database/pool.ts'

/** What the steps of a turn left behind; an older or newer version may have written it. */
const traceSchema = z
  .object({
    refused: z
      .array(z.object({ problem: z.string(), sales: z.object({ reply: z.string() }) }))
      .default([])
      .catch([]),
    lost: z.array(z.unknown()).default([]).catch([]),
    knowledge: z
      .object({ asked: z.string(), hits: z.array(z.object({ id: z.string(), score: z.number() })) })
      .nullable()
      .default(null)
      .catch(null),
    cited: z.array(z.string()).default([]).catch([]),
  })
  .catch({ refused: [], lost: [], knowledge: null, cited: [] })

type Row = {
  id: number
  kind: TurnTrace['kind']
  state: TurnTrace['state']
  run_at: Date
  first_event_at: Date
  decided_at: Date | null
  finished_at: Date | null
  attempts: number
  last_error: string | null
  decision: unknown
  trace: unknown
  execution_id: string | null
  workflow_id: string | null
  calls: {
    vendor: string
    model: string
    step: string
    outcome: string
    ms: number
    input: number | null
    output: number | null
    cost: number | null
    /** Of the reviewer: pass, or the rule that it refused for. */
    verdict: string | null
  }[]
  heard: string[]
}

const mostTurns = 40

/** The newest turns of a lead, newest first: what was heard, what was proposed and refused, what was decided and why. */
export const readTurns = async (db: Queryable, leadId: number, n8nEditorUrl: string | null) =>
  (await readRows(db, leadId, null)).map((row) => ({
    ...toTrace(row),
    executionUrl: executionUrl(n8nEditorUrl, row),
  }))

/** One of them; undefined when the lead has no such turn. */
export const readTurn = async (db: Queryable, leadId: number, turnId: number) =>
  (await readRows(db, leadId, turnId)).map((row) => ({ ...toTrace(row), executionId: row.execution_id }))[0]

async function readRows(db: Queryable, leadId: number, turnId: number | null): Promise<Row[]> {
  const { rows } = await db.query<Row>(
    `select t.id, t.kind, t.state, t.run_at, t.first_event_at, t.decided_at, t.finished_at, t.attempts, t.last_error, coalesce(t.decision, d.decision) as decision, t.trace, t.execution_id, t.workflow_id,
       coalesce((select jsonb_agg(jsonb_build_object('vendor', c.vendor, 'model', c.model, 'step', c.step, 'outcome', c.outcome, 'ms', c.ms,
           'input', c.input_tokens, 'output', c.output_tokens, 'cost', c.cost_usd, 'verdict', c.verdict) order by c.id)
         from model_calls c where c.turn_id = t.id), '[]') as calls,
       array(select m.text from messages m
             where m.lead_id = t.lead_id and m.direction = 'in' and m.id <= t.seen_message_id
               and m.id > coalesce((select max(p.seen_message_id) from turns p
                                    where p.lead_id = t.lead_id and p.id < t.id and p.decision is not null), 0)
             order by m.id desc limit 5) as heard
     from turns t left join drafts d on d.turn_id = t.id
     where t.lead_id = $1 and ($3::bigint is null or t.id = $3) order by t.id desc limit $2`,
    [leadId, mostTurns, turnId],
  )
  return rows
}

/** Executions that an older version noted without their workflow have no link. */
const executionUrl = (editor: string | null, { execution_id: execution, workflow_id: workflow }: Row) =>
  editor && execution && workflow
    ? `${editor.replace(/\/$/, '')}/workflow/${encodeURIComponent(workflow)}/executions/${encodeURIComponent(execution)}`
    : null

function toTrace(row: Row) {
  const decision = storedDecisionSchema.parse(row.decision)
  const { refused, lost, knowledge, cited } = traceSchema.parse(row.trace)
  const facts = Object.entries(decision?.classification?.facts ?? {})
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    runAt: row.run_at,
    startedAt: row.first_event_at,
    decidedAt: row.decided_at,
    finishedAt: row.finished_at,
    attempts: row.attempts,
    lastError: row.last_error,
    heard: row.heard.toReversed(),
    intent: decision?.classification?.intent ?? null,
    confidence: decision?.classification?.confidence ?? null,
    also: decision?.classification?.also ?? [],
    timeQuotes: decision?.classification?.timeQuotes ?? [],
    learned: Object.fromEntries(facts.flatMap(([name, value]) => (value ? [[name, value]] : []))),
    offers: decision?.offers ?? [],
    pickedOfferId: decision?.sales.offerId ?? null,
    wishFree: decision?.wishFree ?? null,
    wishUnclear: decision?.wishUnclear ?? false,
    action: decision?.sales.action ?? null,
    origin: decision?.origin ?? null,
    note: decision?.sales.note ?? null,
    reply: decision?.sales.reply ?? null,
    prompts: [decision?.promptVersions.classifier, decision?.promptVersions.sales].filter(
      (version) => version != null,
    ),
    refused: refused.map(({ problem, sales }) => ({ problem, reply: sales.reply })),
    // What only filled the room answers nothing.
    knowledge: knowledge && {
      asked: knowledge.asked,
      found: knowledge.hits.filter(({ score }) => score > 0).map(({ id }) => id),
    },
    cited,
    calls: row.calls,
    lost: lost.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))),
  }
}

/** A turn as it is stored, for who wants to see all of it; undefined when the lead has no such turn. */
export async function readRawTurn(
  db: Queryable,
  leadId: number,
  turnId: number,
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await db.query<Record<string, unknown>>(
    'select * from turns where id = $2 and lead_id = $1',
    [leadId, turnId],
  )
  return rows[0]
}
