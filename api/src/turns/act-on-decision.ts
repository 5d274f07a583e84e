import type { CalendarAnswer, GoogleAnswer, TurnLease } from '@lead/contract'
import type { App, Ports } from '../app.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { bookOrFinish } from '../meetings/advance-booking.ts'
import { meetingsOfTurn } from '../meetings/booked-meeting.ts'
import { faultPoint } from '../process/fault-point.ts'
import { endTurn, type LockedTurn, lockTurn } from './engine/engine.ts'
import { setTimers } from './set-timers.ts'
import { queueCardUpdate, queueReply } from './turn-effects.ts'

/**
 * The next step of a decided turn: a request to Google, as long as the calendar does not agree with the decision; after that, and at once
 * where Google is asked nothing, the message and the card are on their way and the turn is done, all in one transaction.
 * Called first without an answer of Google.
 */
export async function actOnDecision(
  app: App,
  lease: TurnLease,
  answer?: GoogleAnswer,
): Promise<CalendarAnswer> {
  const finishIt = (tx: Queryable, locked: LockedTurn) => finish(app, tx, lease, locked)
  const { isFinished, ...next } = await bookOrFinish(app, lease, answer, finishIt)
  if (next.next !== 'done') return next
  if (!isFinished) {
    // What Google did stays known, whatever comes of the rest.
    const isDone = await inTransaction(app.db, async (tx) => {
      const locked = await lockTurn(tx, lease)
      if (locked) await finishIt(tx, locked)
      return locked !== undefined
    })
    if (!isDone) return { next: 'stop', reason: 'another execution has this turn' }
  }
  faultPoint('turn.completed')
  for (const loop of ['telegram', 'amocrm', 'turns'] as const) app.wake.up(loop)
  return next
}

async function finish(
  app: Ports<'business' | 'mode' | 'now'>,
  tx: Queryable,
  lease: TurnLease,
  locked: LockedTurn,
): Promise<void> {
  const meetings = await meetingsOfTurn(tx, locked.turn)
  await queueReply(app, tx, locked, meetings)
  const { lead } = await queueCardUpdate(app, tx, locked, meetings)
  await endTurn(tx, lease, 'done')
  await setTimers(app, tx, lead, locked.turn.decision, meetings.booked)
  faultPoint('act.before-commit')
}
