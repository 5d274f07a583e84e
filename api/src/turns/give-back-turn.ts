import { actions, type TurnLease } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { tellTheOperator } from '../meetings/tell-the-operator.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { type Lead, mayWrite } from '../leads/lead.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { calendarAwayDecision } from './calendar-away-decision.ts'
import { endTurn, lockTurn, putOffTurn, type RunningTurn } from './engine/engine.ts'

/**
 * After so many tries a human takes the lead. Once it is decided, the lead has been promised something and each step is safe to
 * repeat: then an outage of an hour is waited out.
 */
export const mostTries = (decided: boolean): number => (decided ? 30 : 6)

/** 5 s, 10 s, 20 s, ... two and a half minutes. */
const delayMs = (attempts: number) => Math.min(150_000, 5000 * 2 ** (attempts - 1))

/**
 * Ends this try of a turn. It is tried again after a growing delay; in the end the lead goes to a human, with the reason.
 * `waitMs`: when the next try can do without what failed.
 */
export async function giveBackTurn(
  app: App,
  lease: TurnLease,
  reason: string,
  waitMs?: number,
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const locked = await lockTurn(tx, lease)
    if (!locked) return
    const { turn, lead } = locked
    if (turn.attempts < mostTries(turn.decision !== null)) {
      await putOffTurn(tx, lease, { delayMs: waitMs ?? delayMs(turn.attempts), reason, counts: true })
      return
    }
    await endTurn(tx, lease, 'failed', reason)
    // The lead is a human's already, and was promised nothing.
    if (turn.is_suggestion && turn.decision === null) return
    await tx.query(
      `update calendar_events set status = 'released', updated_at = now() where turn_id = $1 and status = 'held'`,
      [turn.id],
    )
    await lookForCancelled(tx, turn)
    await sayThatAHumanConfirms(app, tx, turn, lead)
    const task = { leadId: turn.lead_id, turnId: turn.id }
    if (turn.kind === 'operator') await tellTheOperator(tx, { ...task, reason })
    else
      await handOverToHuman(tx, turn.lead_id, {
        ...task,
        by: 'system',
        reason: texts[app.business.language].task.answerFailed(reason),
      })
  })
  app.log.warn({ turn: lease.turnId, reason }, 'A turn was given back')
  app.wake.up('amocrm')
  app.wake.up('telegram')
}

/** A meeting that was to be cancelled may be gone from the calendar: `resolveBooking` asks, as for one that was being moved. */
const lookForCancelled = (tx: Queryable, { id, decision }: RunningTurn) =>
  tx.query(
    `update calendar_events set status = 'booking', previous_starts_at = starts_at, previous_ends_at = ends_at, updated_at = now()
     where turn_id = $1 and status = 'booked' and $2`,
    [id, decision?.sales.action === 'cancel'],
  )

/** The lead picked a time and waits for a word. Whatever became of it in the calendar, it is true that a human will confirm. */
async function sayThatAHumanConfirms(
  app: Ports<'business' | 'now'>,
  tx: Queryable,
  turn: RunningTurn,
  lead: Lead,
): Promise<void> {
  const { decision } = turn
  if (!decision || turn.kind === 'operator' || !actions[decision.sales.action].calendar) return
  if (!mayWrite(lead, app.now())) return
  const language = lead.language ?? app.business.language
  await queueMessage(tx, {
    leadId: lead.id,
    turnId: turn.id,
    author: 'system',
    text: calendarAwayDecision(decision, { language, when: null }).sales.reply,
    // The key of the turn's own message: when that is on its way already, there is nothing to add.
    key: `turn:${turn.id}:send`,
  })
}
