import { salesVersion, type Decision } from '@lead/contract'
import type { PoolClient } from 'pg'
import type { App } from '../app.ts'
import { audit } from '../audit.ts'
import { inTransaction } from '../database/pool.ts'
import { findLead, type Lead, mayWrite } from '../leads/lead.ts'
import { startDecidedTurn } from '../turns/engine/engine.ts'
import { changeTexts } from './change-texts.ts'
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
    const lead = (await findLead(tx, meeting.lead_id))!
    const turnId = await startDecidedTurn(tx, {
      leadId: lead.id,
      kind: 'operator',
      decision: decisionOf(app, lead, meeting, operation),
    })
    if (turnId === null)
      return { outcome: 'refused', reason: 'The seller is just answering this lead; try again in a moment' }
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

function whyNot(app: App, meeting: Meeting, operation: Operation): string | null {
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
  app: App,
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

const notes = {
  ru: { move: 'Встречу перенёс человек: {when}', cancel: 'Встречу отменил человек' },
  en: { move: 'A human moved the meeting: {when}', cancel: 'A human cancelled the meeting' },
}

function decisionOf(app: App, lead: Lead, meeting: Meeting, operation: Operation): Decision {
  const language = lead.language ?? app.business.language
  const { action } = operation
  const startsAt = action === 'move' ? operation.startsAt : meeting.starts_at
  const when = meetingWhen(app.business, { ...meeting, starts_at: startsAt }, language)
  const tells =
    operation.tellLead ?? (app.business.meeting.tellLeadOfCalendarChanges && mayWrite(lead, app.now()))
  const text = changeTexts[language]
  // [MEETING] becomes the time as the lead reads it, with the link.
  const reply = action === 'move' ? text.moved.replace('{when}', '[MEETING]') : text.gone
  return {
    classification: null,
    sales: {
      reply: tells && !lead.opted_out_at ? reply : '',
      action,
      offerId: null,
      note: notes[language][action].replace('{when}', when),
    },
    offers: [],
    wishFree: null,
    notFree: [],
    wishUnclear: false,
    promptVersions: { classifier: null, sales: salesVersion },
    origin: 'human',
  }
}
