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
  const { step, vendor, model, outcome, ms, tokens, reason } = call
  const { fault } = modelOutcomes[outcome]
  const { rows } = await app.db.query<{ lead_id: number; was_away: boolean }>(
    `with call as (
       insert into model_calls (turn_id, fencing, step, vendor, model, outcome, reason, ms, input_tokens, cached_tokens, output_tokens, cost_usd)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))
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
      costOf(app.config.modelTable, call),
    ],
  )
  if (fault !== null)
    app.log.warn({ turn: turnId, step, vendor, model, outcome, reason, ms }, 'A model gave no answer to use')
  if (fault === null || fault === 'answer') {
    if (rows[0]?.was_away) await inTransaction(app.db, (tx) => noteSuccess(app, tx, vendor))
    return
  }
  await inTransaction(app.db, (tx) =>
    noteFailure(app, tx, {
      service: vendor,
      reason: `${model}: ${outcome}${reason ? ` (${reason})` : ''}`,
      leadId: rows[0]?.lead_id ?? null,
      needsHuman: fault !== 'outage',
    }),
  )
}
