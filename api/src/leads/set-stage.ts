import type { Queryable } from '../database/pool.ts'
import type { Stage } from './lead.ts'

/**
 * The only writer of a lead's stage. `by`: who or what moved it. `locked`: how far a human has put it on the card; nobody goes
 * back behind that.
 */
export async function setStage(
  tx: Queryable,
  leadId: number,
  {
    stage,
    by,
    locked,
  }: { stage: Stage; by: 'turn' | 'meeting' | 'calendar' | 'amocrm' | 'operator'; locked?: Stage },
): Promise<void> {
  await tx.query(
    `update leads set stage = $2, stage_by = case when stage = $2 then stage_by else $3 end,
       stage_since = case when stage = $2 then stage_since else now() end,
       locked_stage = coalesce($4, locked_stage), updated_at = now()
     where id = $1`,
    [leadId, stage, by, locked ?? null],
  )
}
