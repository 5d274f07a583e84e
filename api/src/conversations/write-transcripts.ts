import type { PoolClient } from 'pg'
import type { App } from '../app.ts'
import { judgeDatabaseError } from '../database/judge-database-error.ts'
import { inTransaction } from '../database/pool.ts'
import { lockLead } from '../leads/lead.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { meetingWhen } from '../meetings/meeting-when.ts'
import { describeStanding } from '../qualification/describe-standing.ts'
import { readFacts } from '../qualification/learn-facts.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { renderTranscript, type TranscriptLine } from './render-transcript.ts'

type Line = TranscriptLine & {
  id: number
  fate: 'said' | 'waits' | 'waits too long' | 'unsaid'
  note: string | null
}

/** A line of ours that waits longer than this for its delivery does not hold up the others, in seconds. */
const patienceSec = 180

/**
 * Puts what was said onto the cards, a portion at a time: when a conversation has rested, and at once after a milestone
 * (booking, hand-over, end). Each line once. @returns how many portions were written
 */
export async function writeTranscripts(app: App): Promise<number> {
  // With a chat channel the card shows the conversation itself.
  if (app.config.amocrm.chats) return 0
  const { rows } = await app.db.query<{ id: number }>(
    `select l.id from leads l
     join (select lead_id, max(created_at) as newest from messages where noted_at is null group by lead_id) m on m.lead_id = l.id
     where l.card_gone_at is null
       and (l.transcript_due_at <= now() or m.newest <= now() - make_interval(secs => $1))
     order by m.newest limit 50`,
    [app.business.amocrm.transcriptRestMin * 60],
  )
  let written = 0
  for (const { id } of rows) {
    try {
      if (await inTransaction(app.db, (tx) => writeOne(app, tx, id))) written += 1
    } catch (error) {
      if (judgeDatabaseError(error) === 'away') throw error
      app.log.error({ err: error, lead: id }, 'What was said was not written onto one card; the others go on')
    }
  }
  if (written > 0) app.wake.up('amocrm')
  return written
}

async function writeOne(app: App, tx: PoolClient, leadId: number): Promise<boolean> {
  const lead = await lockLead(tx, leadId)
  if (!lead) return false
  const { rows } = await tx.query<Line>(
    `select m.id, m.author, m.text, coalesce(m.sent_at, m.created_at) as at,
            t.decision -> 'sales' ->> 'note' as note,
            case when o.id is null or o.state = 'done' then 'said'
                 when o.state in ('pending', 'sending') and m.created_at > now() - make_interval(secs => $2) then 'waits'
                 when o.state in ('pending', 'sending') then 'waits too long'
                 else 'unsaid' end as fate
     from messages m
     left join outbox o on o.channel = 'telegram' and o.message_id = m.id
     left join turns t on t.id = m.turn_id
     where m.lead_id = $1 and m.noted_at is null
     order by coalesce(m.channel_message_id, 9007199254740991), m.id`,
    [leadId, patienceSec],
  )
  if (rows.length === 0 || rows.some(({ fate }) => fate === 'waits')) return false
  const said = rows.filter(({ fate }) => fate === 'said')
  const settled = rows.filter(({ fate }) => fate === 'said' || fate === 'unsaid').map(({ id }) => id)
  await tx.query('update messages set noted_at = now() where id = any($1)', [settled])
  await tx.query('update leads set transcript_due_at = null where id = $1', [leadId])
  const [first] = said
  if (!first) return false
  const { language } = app.business
  const meeting = await bookedMeeting(tx, leadId)
  const parts = renderTranscript(said, {
    language,
    zone: app.business.timeZone,
    names: { lead: lead.contact_name, seller: app.business.company.seller[language] },
    summary: said.findLast(({ note }) => note)?.note ?? null,
    standing: describeStanding(lead, {
      learned: await readFacts(tx, leadId),
      rules: app.business.qualification,
      language,
      when: meeting ? meetingWhen(app.business, meeting, language) : null,
    }),
  })
  for (const [index, text] of parts.entries()) {
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:transcript:${first.id}:${index}`,
      payload: { kind: 'note', text },
    })
  }
  return true
}
