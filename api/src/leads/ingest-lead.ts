import type { App } from '../app.ts'
import { followCard } from './follow-card.ts'
import { readCards } from './read-card.ts'

/**
 * Reads a lead from amoCRM (a hook only says that something happened) and keeps it. A lead that we did not know gets its
 * first touch. Repeating it changes nothing.
 * @returns what became of it
 */
export async function ingestLead(
  app: App,
  leadId: number,
): Promise<'added' | 'known' | 'gone' | 'closed' | 'not ours' | 'older'> {
  const card = (await readCards(app, [leadId])).get(leadId)
  if (!card || card.lead.is_deleted) return 'gone'
  return followCard(app, card, { announced: true })
}
