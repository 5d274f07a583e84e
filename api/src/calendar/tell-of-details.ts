import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { meetingWhen } from '../meetings/meeting-when.ts'
import { findLead, type Lead, mayWrite } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { queueMessage } from '../outbox/queue-message.ts'

type Span = { startsAt: Date; endsAt: Date }

const languageOf = (app: Ports<'business'>, lead: Lead) => lead.language ?? app.business.language
const nameOf = (lead: Pick<Lead, 'contact_name' | 'name'>) => lead.contact_name ?? lead.name

/** The Meet room was made after the booking was told. @returns whether it is news */
export async function tellOfLink(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  link: string | null,
): Promise<boolean> {
  if (!link || meeting.meet_link) return false
  await tx.query('update calendar_events set meet_link = $2 where id = $1', [meeting.id, link])
  const key = `calendar:${meeting.google_event_id}:link`
  await enqueue(tx, {
    leadId: lead.id,
    turnId: null,
    channel: 'amocrm',
    key: `${key}:lead`,
    payload: { kind: 'lead', fields: { meetingLink: link } },
  })
  if (mayWrite(lead, app.now())) {
    const text = texts[languageOf(app, lead)].lead.videoLink(link)
    await queueMessage(tx, { leadId: lead.id, turnId: null, author: 'system', text, key: `${key}:send` })
  }
  return true
}

/** A lead who declines the invitation may only not want it in their calendar: a human is told, nothing is cancelled. */
export async function tellOfDecline(
  app: Ports<'business'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  declined: string[],
): Promise<boolean> {
  if (!lead.email || !declined.includes(lead.email.toLowerCase())) return false
  const language = languageOf(app, lead)
  const when = meetingWhen(app.business, meeting, language)
  const { added } = await enqueue(tx, {
    leadId: lead.id,
    turnId: null,
    channel: 'amocrm',
    key: `calendar:${meeting.google_event_id}:${meeting.starts_at.getTime()}:declined`,
    payload: { kind: 'note', text: texts[language].card.declined(when) },
  })
  return added
}

/** An all-day event has no hour: a human agrees on one. */
export async function tellOfWholeDay(
  app: Ports<'business'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  { at, etag }: { at: Span; etag: string | undefined },
): Promise<boolean> {
  const language = languageOf(app, lead)
  const when = meetingWhen(app.business, { ...meeting, starts_at: at.startsAt }, language)
  const { added } = await enqueue(tx, {
    leadId: lead.id,
    turnId: null,
    channel: 'amocrm',
    key: `calendar:${meeting.google_event_id}:day:${at.startsAt.getTime()}:${etag ?? ''}`,
    payload: {
      kind: 'task',
      text: texts[language].task.wholeDay(when),
      dueInMin: 30,
    },
  })
  return added
}

/** Two meetings of ours at one time cannot both be kept: a human parts them. */
export async function tellOfCollision(
  app: Ports<'business'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  { at, etag, other }: { at: Span; etag: string | undefined; other: Meeting },
): Promise<void> {
  const language = languageOf(app, lead)
  const otherLead = await findLead(tx, other.lead_id)
  const when = meetingWhen(app.business, { ...meeting, starts_at: at.startsAt }, language)
  await audit(tx, {
    actor: 'system',
    action: 'meeting.collides_in_calendar',
    leadId: lead.id,
    details: { meeting: meeting.id, other: other.id, at: at.startsAt.toISOString() },
  })
  await enqueue(tx, {
    leadId: lead.id,
    turnId: null,
    channel: 'amocrm',
    key: `calendar:${meeting.google_event_id}:collision:${at.startsAt.getTime()}:${etag ?? ''}`,
    payload: {
      kind: 'task',
      text: texts[language].task.collision({
        lead: nameOf(lead),
        other: otherLead ? nameOf(otherLead) : `#${other.lead_id}`,
        when,
      }),
      dueInMin: 30,
    },
  })
}
