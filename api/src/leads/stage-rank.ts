import type { Stage } from './lead.ts'

/** How far a stage is on the way to a meeting; a closed one is behind all others. */
const ranks: Record<Stage, number> = { new: 0, contacted: 1, qualified: 2, booked: 3, won: 4, lost: 4 }

/** The one that is further. */
export const furtherStage = (a: Stage, b: Stage): Stage => (ranks[a] >= ranks[b] ? a : b)

/**
 * Whether our thinking may bring the lead to `stage`: what a human closed stays closed, and up to the stage where a human moved
 * the card it is theirs.
 */
export function mayEnter(
  lead: { stage: Stage; locked_stage: Stage | null; status_id: number | null },
  stage: Stage,
): boolean {
  if (lead.stage === 'won' || lead.status_id === 142 || lead.status_id === 143) return false
  return lead.locked_stage === null || stage === 'lost' || ranks[stage] > ranks[lead.locked_stage]
}
