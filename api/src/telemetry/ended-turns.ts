import type { Queryable } from '../database/pool.ts'

/** A turn that has ended, with what it cost. No words of anybody: what is exported leaves the house. */
export type EndedTurn = {
  id: number
  lead_id: number
  kind: string
  state: string
  attempts: number
  action: string | null
  intent: string | null
  refusals: number
  last_error: string | null
  execution_id: string | null
  first_event_at: Date
  run_at: Date
  decided_at: Date
  finished_at: Date
  /** As PostgreSQL writes it: a Date has no microseconds. */
  ended: string
  calls: {
    at: string
    ms: number
    step: string
    vendor: string
    model: string
    outcome: string
    input: number | null
    cached: number | null
    output: number | null
    usd: number | null
  }[]
  effects: { channel: string; kind: string; state: string; from: string; to: string | null }[]
}

/** Where the export stands: everything that ended before was exported. */
export type Place = { ended: string; id: number }

/** A turn that ended at one instant may be committed a moment after one that ended later. */
const settledSec = 5

/** @returns turns that ended after a place, the oldest first */
export async function readEnded(db: Queryable, { ended, id }: Place, most: number): Promise<EndedTurn[]> {
  const { rows } = await db.query<EndedTurn>(
    `select t.id, t.lead_id, t.kind, t.state, t.attempts, t.decision -> 'sales' ->> 'action' as action,
       t.decision -> 'classification' ->> 'intent' as intent,
       coalesce(jsonb_array_length(t.trace -> 'refused'), 0) as refusals, t.last_error, t.execution_id,
       t.first_event_at, t.run_at, t.decided_at, t.finished_at, t.finished_at::text as ended,
       coalesce((select jsonb_agg(jsonb_build_object('at', c.at, 'ms', c.ms, 'step', c.step, 'vendor', c.vendor, 'model', c.model,
           'outcome', c.outcome, 'input', c.input_tokens, 'cached', c.cached_tokens, 'output', c.output_tokens, 'usd', c.cost_usd)
           order by c.id)
         from model_calls c where c.turn_id = t.id), '[]') as calls,
       coalesce((select jsonb_agg(jsonb_build_object('channel', o.channel, 'kind', o.payload ->> 'kind', 'state', o.state,
           'from', o.created_at, 'to', o.finished_at) order by o.id)
         from outbox o where o.turn_id = t.id), '[]') as effects
     from turns t
     where t.decided_at is not null and (t.finished_at, t.id) > ($1::timestamptz, $2::bigint)
       and t.finished_at < now() - make_interval(secs => $3)
     order by t.finished_at, t.id limit $4`,
    [ended, id, settledSec, most],
  )
  return rows
}
