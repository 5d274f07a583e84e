import { z } from 'zod'
import type { Queryable } from '../database/pool.ts'
import { readEnriched } from '../enrichment/enrichment.ts'
import { readTurn } from './read-turns.ts'

/** What was noted while the turn was thought about; an older version noted less. */
const notedSchema = z
  .object({
    knowledge: z
      .object({ asked: z.string(), hits: z.array(z.object({ id: z.string(), score: z.number() })) })
      .nullable()
      .default(null)
      .catch(null),
    cited: z.array(z.string()).default([]).catch([]),
  })
  .catch({ knowledge: null, cited: [] })

/**
 * The one record of a turn: what came in, labels, facts, knowledge, times, refusals, decision, effects, and the calls of models with n8n's
 * execution. Undefined when there is no such turn.
 */
export async function explainTurn(db: Queryable, turnId: number) {
  const { rows } = await db.query<{ lead_id: number; trace: unknown; enriched: unknown }>(
    'select t.lead_id, t.trace, l.enriched from turns t join leads l on l.id = t.lead_id where t.id = $1',
    [turnId],
  )
  const [row] = rows
  if (!row) return undefined
  const turn = await readTurn(db, row.lead_id, turnId)
  const { rows: effects } = await db.query<{
    channel: string
    kind: string
    state: string
    finishedAt: Date | null
    lastError: string | null
  }>(
    `select channel, payload ->> 'kind' as kind, state, finished_at as "finishedAt", last_error as "lastError"
     from outbox where turn_id = $1 order by id`,
    [turnId],
  )
  return (
    turn && {
      leadId: row.lead_id,
      ...turn,
      ...notedSchema.parse(row.trace),
      /** What a look-up found before the first touch, each fact with its source. */
      enriched: turn.kind === 'first_touch' ? readEnriched(row.enriched) : null,
      effects,
    }
  )
}
