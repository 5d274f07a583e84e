import type { Stage } from './lead.ts'

/** How far a stage is on the way to a meeting; a closed one is behind all others. */
const ranks: Record<Stage, number> = { new: 0, contacted: 1, qualified: 2, booked: 3, won: 4, lost: 4 }

/** The one that is further. */
export const furtherStage = (a: Stage, b: Stage): Stage => (ranks[a] >= ranks[b] ? a : b)

/**
 * Whether our thinking may bring the lead to `stage`: what a human closed stays closed, and up to the stage where a human moved
 * the card it is theirs. Who is further than that may come back to it, but no further.
 */
export function mayEnter(
  lead: { stage: Stage; locked_stage: Stage | null; status_id: number | null },
  stage: Stage,
): boolean {
  if (lead.stage === 'won' || lead.status_id === 142 || lead.status_id === 143) return false
  const { locked_stage: locked } = lead
  return (
    locked === null ||
    stage === 'lost' ||
    ranks[stage] > ranks[locked] ||
    (stage === locked && isFurther(lead.stage, locked))
  )
}

export const isFurther = (a: Stage, b: Stage): boolean => ranks[a] > ranks[b]
