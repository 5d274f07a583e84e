import { salesVersion, type Decision } from '@lead/contract'
import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction } from '../database/pool.ts'
import { findLead, type Lead, mayWrite, requireLead } from '../leads/lead.ts'
import { startDecidedTurn } from '../turns/engine/engine.ts'
import type { Meeting } from './google-event.ts'
import { holdNewTime } from './hold-slot.ts'
import { lockMeeting } from './lock-meeting.ts'
import { meetingWhen } from './meeting-when.ts'

export type Operation = {
  meetingId: number
  /** Who asks; kept in the audit log. */
  by: string
  /** Absent: as the business has it. One who opted out is never written to. */
  tellLead?: boolean | undefined
} & ({ action: 'move'; startsAt: Date } | { action: 'cancel' })

export type OperationAnswer =
  | { outcome: 'started'; turnId: number }
  | { outcome: 'unknown' }
  | { outcome: 'refused'; reason: string }

/**
 * A human moves or cancels a booked meeting. It becomes a turn whose decision is made already, and goes the way of all bookings: the
 * time is held here and now, n8n asks Google step by step, the lead is told after Google has agreed, the card follows. When Google has
 * something else at the new time the meeting stays, and a task in amoCRM says so.
 */
export async function operateMeeting(app: App, operation: Operation): Promise<OperationAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<OperationAnswer> => {
    const meeting = await lockMeeting(tx, { id: operation.meetingId })
    if (!meeting) return { outcome: 'unknown' }
    const reason = whyNot(app, meeting, operation)
    if (reason) return { outcome: 'refused', reason }
    const lead = await requireLead(findLead(tx, meeting.lead_id))
    const turnId = await startDecidedTurn(tx, {
      leadId: lead.id,
      kind: 'operator',
      decision: decisionOf(app, lead, meeting, operation),
    })
    if (turnId === null)
      return {
        outcome: 'refused',
        reason: 'The assistant is just answering this lead; try again in a moment',
      }
    if (!(await take(app, tx, turnId, meeting, operation))) {
      await tx.query('delete from turns where id = $1', [turnId])
      return { outcome: 'refused', reason: 'The seller has another meeting of ours at that time' }
    }
    await audit(tx, {
      actor: operation.by,
      action: `meeting.${operation.action}_asked`,
      leadId: lead.id,
      turnId,
      details: {
        meeting: meeting.id,
        ...(operation.action === 'move' && { startsAt: operation.startsAt.toISOString() }),
      },
    })
    return { outcome: 'started', turnId }
  })
  app.wake.up('turns')
  return answer
}

function whyNot(app: Ports<'now'>, meeting: Meeting, operation: Operation): string | null {
  if (meeting.status !== 'booked') return `The meeting is ${meeting.status}, not booked`
  if (meeting.ends_at <= app.now()) return 'The meeting is over'
  if (operation.action === 'cancel') return null
  if (operation.startsAt <= app.now()) return 'The new time is in the past'
  if (operation.startsAt.getTime() === meeting.starts_at.getTime())
    return 'The meeting is at that time already'
  return null
}

const newEnd = ({ starts_at, ends_at }: Meeting, startsAt: Date) =>
  new Date(startsAt.getTime() + ends_at.getTime() - starts_at.getTime())

/** The meeting is this turn's from now on; a new time is held. False when the time is not free. */
async function take(
  app: Ports<'business'>,
  tx: PoolClient,
  turnId: number,
  meeting: Meeting,
  operation: Operation,
): Promise<boolean> {
  if (operation.action === 'cancel') {
    await tx.query('update calendar_events set turn_id = $2 where id = $1', [meeting.id, turnId])
    return true
  }
  const { startsAt } = operation
  const slot = {
    sellerId: meeting.seller_id,
    start: startsAt.toISOString(),
    end: newEnd(meeting, startsAt).toISOString(),
  }
  return (await holdNewTime(tx, app.business, { turnId, meeting, slot })) !== null
}

export function decisionOf(
  app: Ports<'business' | 'now'>,
  lead: Lead,
  meeting: Meeting,
  operation: Operation,
): Decision {
  const language = lead.language ?? app.business.language
  const { action } = operation
  const startsAt = action === 'move' ? operation.startsAt : meeting.starts_at
  const when = meetingWhen(app.business, { ...meeting, starts_at: startsAt }, language)
  const tells =
    operation.tellLead ?? (app.business.meeting.tellLeadOfCalendarChanges && mayWrite(lead, app.now()))
  const { lead: toLead, card } = texts[language]
  // [MEETING] becomes the time as the lead reads it, with the link.
  const reply = action === 'move' ? toLead.meeting.moved('[MEETING]') : toLead.meeting.gone()
  return {
    classification: null,
    sales: {
      reply: tells && !lead.opted_out_at ? reply : '',
      action,
      offerId: null,
      note: card.byHuman[action](when),
    },
    offers: [],
    wishFree: null,
    notFree: [],
    wishUnclear: false,
    plan: null,
    promptVersions: { classifier: null, sales: salesVersion },
    origin: 'human',
  }
}
