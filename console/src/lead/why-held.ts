import type { LeadCard } from '@lead/contract/console'
import { fill, type Texts } from '../texts/texts.ts'

type Held = Pick<LeadCard, 'controlBy' | 'controlReason' | 'controlSource'>

/** Why the assistant does not have the lead: its own note says it best; for the rest, by what it came. */
export function whyHeld({ controlBy, controlReason, controlSource }: Held, texts: Texts): string {
  if (controlSource === 'decision' && controlReason) return controlReason
  if (controlSource === 'operator' && controlBy) return fill(texts.control.heldBy, { name: controlBy })
  const sources: Record<string, string> = texts.source
  const source = sources[controlSource] ?? controlSource
  return controlSource === 'failure' && controlReason ? `${source}: ${controlReason}` : source
}
