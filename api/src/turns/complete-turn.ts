import { readTime } from '@lead/scheduling'
import type { App } from '../app.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { faultPoint } from '../fault-point.ts'
import { findLead, type Lead, mayWrite } from '../leads/lead.ts'
import type { Decision } from './decision.ts'
import { endTurn, lockTurn, scheduleTurn, type TurnLease } from './engine/engine.ts'

/** Ends a turn whose effects are all on their way, and sets the next timer. False when another execution has the turn. */
export async function completeTurn(app: App, lease: TurnLease): Promise<boolean> {
  const ended = await inTransaction(app.db, async (tx) => {
    const turn = await lockTurn(tx, lease)
    if (!turn) return false
    await endTurn(tx, lease, 'done')
    const lead = (await findLead(tx, turn.lead_id))!
    await setNextTimer(app, tx, lead, turn.decision as Decision | null)
    return true
  })
  faultPoint('turn.completed')
  app.wake.up('turns')
  return ended
}

/** A follow-up on silence, or at the time the lead asked to be written to. A reply of the lead replaces it. */
async function setNextTimer(app: App, tx: Queryable, lead: Lead, decision: Decision | null): Promise<void> {
  if (!decision || !mayWrite(lead, app.now()) || lead.stage === 'lost' || lead.stage === 'booked') return
  const later = askedFor(app, lead, decision)
  const delayMs = later ? later.getTime() - app.now().getTime() : await nextFollowUp(app, tx, lead.id)
  if (delayMs === null || delayMs <= 0) return
  await scheduleTurn(tx, { leadId: lead.id, kind: 'follow_up', quietMs: delayMs, longestMs: delayMs })
}

/** "Write me on Monday": the first moment of the time that the lead named. */
function askedFor(app: App, lead: Lead, { classification }: Decision): Date | null {
  if (classification?.intent !== 'snooze') return null
  const [found] = classification.timeQuotes.flatMap(
    (text) =>
      readTime({
        text,
        lang: classification.language,
        reference: app.now().toISOString(),
        tz: lead.time_zone ?? app.business.timeZone,
      }).found,
  )
  return found ? new Date('point' in found ? found.point : found.from) : null
}

/** The steps of business.yaml, one after another since the lead last spoke. */
async function nextFollowUp(app: App, tx: Queryable, leadId: number): Promise<number | null> {
  const { rows } = await tx.query<{ done: number }>(
    `select count(*)::int as done from turns
     where lead_id = $1 and kind = 'follow_up' and state = 'done'
       and finished_at > coalesce((select max(created_at) from messages where lead_id = $1 and direction = 'in'), '-infinity')`,
    [leadId],
  )
  const step = app.business.followUps[rows[0]?.done ?? 0]
  return step ? step.afterHours * 3_600_000 : null
}
