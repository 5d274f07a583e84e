import { type ModelCall, modelOutcomes, type TurnLease } from '@lead/contract'
import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { noteFailure } from '../outages/note-failure.ts'
import { noteSuccess } from '../outages/note-success.ts'
import { clip } from '../text/storable.ts'
import { costOf } from './cost-of.ts'

/**
 * Keeps what a call of a model came to, and what it says about its vendor. An answer that can not be used says, too,
 * that the vendor works.
 */
export async function recordModelCall(
  app: Ports<'business' | 'config' | 'db' | 'log' | 'wake'>,
  { turnId, fencing }: TurnLease,
  call: ModelCall,
): Promise<void> {
  const { step, vendor, model, outcome, ms, reason } = call
  const { fault } = modelOutcomes[outcome]
  const turn = await storeModelCall(app, { turnId, fencing }, { ...call, verdict: null })
  if (fault !== null)
    app.log.warn({ turn: turnId, step, vendor, model, outcome, reason, ms }, 'A model gave no answer to use')
  if (fault === null || fault === 'answer') {
    if (turn?.was_away) await inTransaction(app.db, (tx) => noteSuccess(app, tx, vendor))
    return
  }
  await inTransaction(app.db, (tx) =>
    noteFailure(app, tx, {
      service: vendor,
      reason: `${model}: ${outcome}${reason ? ` (${reason})` : ''}`,
      leadId: turn?.lead_id ?? null,
      needsHuman: fault !== 'outage',
    }),
  )
}

/** A call as it is kept: also of the reviewer, which is no vendor that a turn waits for. */
export type StoredCall = Omit<ModelCall, 'step' | 'vendor'> & {
  step: ModelCall['step'] | 'reviewer'
  vendor: ModelCall['vendor'] | 'reviewer'
  /** What the reviewer said: pass, or the rule that is broken. */
  verdict: string | null
}

/** @returns whose turn it was, and whether the vendor was thought to be away */
export async function storeModelCall(
  app: Ports<'config' | 'db'>,
  { turnId, fencing }: TurnLease,
  { step, vendor, model, outcome, reason, ms, tokens, verdict }: StoredCall,
): Promise<{ lead_id: number; was_away: boolean } | undefined> {
  const { rows } = await app.db.query<{ lead_id: number; was_away: boolean }>(
    `with call as (
       insert into model_calls (turn_id, fencing, step, vendor, model, outcome, reason, ms, input_tokens, cached_tokens, output_tokens, cost_usd, verdict)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))
     select lead_id, exists (select from outages where service in ($4, 'models')) as was_away from turns where id = $1`,
    [
      turnId,
      fencing,
      step,
      vendor,
      model,
      outcome,
      reason === null ? null : clip(reason, 500),
      ms,
      tokens?.input ?? null,
      tokens?.cached ?? null,
      tokens?.output ?? null,
      costOf(app.config.modelTable, { vendor: vendor === 'reviewer' ? 'openai' : vendor, model, tokens }),
      verdict,
    ],
  )
  return rows[0]
}
