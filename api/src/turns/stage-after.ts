import { actions, type Decision, intents } from '@lead/contract'
import type { Lead, Stage } from '../leads/lead.ts'

/** Our stage after a turn. The model proposes actions only; the stage follows from what happened. */
export function stageAfter(
  lead: Lead,
  { sales, classification, origin }: Decision,
  hasMeeting: boolean,
): Stage {
  if (hasMeeting) return 'booked'
  // Who is asked whether we shall stop is not lost yet.
  const loses = origin !== 'code' && classification && intents[classification.intent].loses
  if (actions[sales.action].loses || loses) return 'lost'
  if (lead.facts['need'] || lead.stage === 'qualified' || lead.stage === 'booked') return 'qualified'
  return 'contacted'
}
