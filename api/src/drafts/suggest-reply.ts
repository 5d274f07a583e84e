import type { App } from '../app.ts'
import { inTransaction, one } from '../database/pool.ts'
import { lockLead, mayWrite } from '../leads/lead.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'

/** Asks the assistant for words for a lead that a human has. They come as a draft that only a human can use. */
export async function suggestReply(
  app: App,
  leadId: number,
): Promise<'asked' | 'opted out' | 'the assistant has it'> {
  const answer = await inTransaction(app.db, async (tx) => {
    const lead = await lockLead(tx, leadId)
    if (!lead || lead.opted_out_at) return 'opted out' as const
    if (mayWrite(lead, app.now())) return 'the assistant has it' as const
    const { said } = one(
      await tx.query<{ said: string | null }>(
        'select (select direction from messages where lead_id = $1 order by id desc limit 1) as said',
        [leadId],
      ),
    )
    const kind = said === 'in' ? 'answer' : said === 'out' ? 'follow_up' : 'first_touch'
    await scheduleTurn(tx, { leadId, kind, quietMs: 0, longestMs: 0 })
    await tx.query(
      `update turns set is_suggestion = true, run_at = now() where lead_id = $1 and state = 'pending'`,
      [leadId],
    )
    return 'asked' as const
  })
  app.wake.up('turns')
  return answer
}
