import type { Ports } from '../app.ts'
import { findLead, requireLead } from '../leads/lead.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { decisionOf } from '../meetings/operate-meeting.ts'
import { renderReply } from '../turns/render-reply.ts'

/**
 * What the lead would be told of a change of their meeting, as they would read it. `text` null: nothing, they asked for no messages.
 * @returns null when there is no such meeting
 */
export async function wordsOfOperation(
  app: Ports<'db' | 'business' | 'now'>,
  {
    meetingId,
    ...change
  }: { meetingId: number } & ({ action: 'move'; startsAt: Date } | { action: 'cancel' }),
) {
  const { rows } = await app.db.query<Meeting>('select * from calendar_events where id = $1', [meetingId])
  const [meeting] = rows
  if (!meeting) return null
  const lead = await requireLead(findLead(app.db, meeting.lead_id))
  const operation = { ...change, meetingId, by: '', tellLead: true }
  const decision = decisionOf(app, lead, meeting, operation)
  const language = lead.language ?? app.business.language
  const timeZone = lead.time_zone ?? app.business.timeZone
  const startsAt = change.action === 'move' ? change.startsAt : meeting.starts_at
  return {
    text: decision.sales.reply
      ? renderReply(decision, {
          language,
          timeZone,
          sellerZone: app.business.sellers.find(({ id }) => id === meeting.seller_id)?.timeZone ?? timeZone,
          meeting: change.action === 'move' ? { ...meeting, starts_at: startsAt } : null,
          name: lead.contact_name ?? lead.name,
        })
      : null,
    language,
  }
}
