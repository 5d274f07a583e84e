import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'

/** Everything that happened with a lead, oldest first, in the API's own names. */
export async function readConversation(db: Queryable, lead: Lead) {
  const rows = async (sql: string) => (await db.query<Record<string, unknown>>(sql, [lead.id])).rows
  const [messages, turns, meetings, deliveries] = await Promise.all([
    rows(`select m.id, m.direction, m.author, m.text, m.kind, m.media, m.edited_at as "editedAt", m.deleted_at as "deletedAt", c.channel, m.turn_id as "turnId",
                 coalesce(m.sent_at, m.created_at) as at,
                 case when m.direction = 'in' or m.channel_message_id is not null or m.sent_at is not null then 'delivered'
                      else coalesce((select o.state from outbox o where o.channel = 'telegram' and o.message_id = m.id), 'pending') end as status
          from messages m join conversations c on c.id = m.conversation_id where m.lead_id = $1 order by m.id`),
    rows(`select id, kind, state, attempts, refusals, run_at as "runAt", decided_at as "decidedAt",
                 finished_at as "finishedAt", decision, trace, last_error as "lastError"
          from turns where lead_id = $1 order by id`),
    rows(`select id, seller_id as "sellerId", status, starts_at as "startsAt", ends_at as "endsAt",
                 google_event_id as "googleEventId", meet_link as "meetLink", turn_id as "turnId"
          from calendar_events where lead_id = $1 order by id`),
    rows(`select id, channel, payload ->> 'kind' as kind, state, attempts, turn_id as "turnId", last_error as "lastError",
                 created_at as "createdAt", finished_at as "finishedAt"
          from outbox where lead_id = $1 order by id`),
  ])
  return {
    lead: {
      id: lead.id,
      name: lead.name,
      contactName: lead.contact_name,
      phone: lead.phone,
      email: lead.email,
      telegramUsername: lead.telegram_username,
      language: lead.language,
      timeZone: lead.time_zone,
      stage: lead.stage,
      stageSince: lead.stage_since,
      facts: lead.facts,
      control: lead.control,
      controlBy: lead.control_by,
      controlSource: lead.control_source,
      controlSince: lead.control_since,
      controlReason: lead.control_reason,
      optedOutAt: lead.opted_out_at,
      optedOutSource: lead.opted_out_source,
      createdAt: lead.created_at,
    },
    messages,
    turns,
    meetings,
    deliveries,
  }
}
