import type { PoolClient } from 'pg'
import type { App, Ports } from '../app.ts'
import { waitForCap } from '../leads/hourly-caps.ts'
import { scheduleTurn } from './engine/engine.ts'

/** The lead is answered after a moment of silence. */
export const answerSoon = (app: Ports<'business'>, tx: PoolClient, leadId: number) =>
  scheduleTurn(tx, {
    leadId,
    kind: 'answer',
    quietMs: app.business.conversation.debounceSec * 1000,
    longestMs: app.business.conversation.debounceMaxSec * 1000,
  })

/** The same, unless the lead has written so much that only the next answer, or one when there is room again, takes it in. */
export async function answerWithinCap(app: App, tx: PoolClient, leadId: number): Promise<void> {
  const room = await waitForCap(app, tx, leadId, 'messages')
  if (!room) return answerSoon(app, tx, leadId)
  const due = await tx.query(
    `select from turns where lead_id = $1 and state = 'pending' and kind = 'answer'`,
    [leadId],
  )
  if (due.rowCount) return
  const quietMs = Math.max(0, room.getTime() - app.now().getTime())
  await scheduleTurn(tx, { leadId, kind: 'answer', quietMs, longestMs: quietMs })
}
