import type { Message, Note } from '@lead/contract/console'
import type { Queryable } from '../database/pool.ts'

type Dated<Value, Key extends keyof Value> = Omit<Value, Key> & { [Name in Key]: Date }
type StoredMessage = Omit<Message, 'at' | 'editedAt' | 'deletedAt' | 'delivery'> & {
  at: Date
  editedAt: Date | null
  deletedAt: Date | null
  delivery: Omit<Message['delivery'], 'runAt'> & { runAt: Date | null }
}
type StoredNote = Dated<Note, 'at'>

const pageSize = 60

type Row = Omit<StoredMessage, 'delivery'> & {
  state: Message['delivery']['state'] | 'done' | null
  arrived: boolean
  reason: string | null
  run_at: Date | null
  outbox_id: number | null
}

/** One page of what was said, oldest first, from the newest back; with the notes of the time that it covers. */
export async function readThread(
  db: Queryable,
  leadId: number,
  before: number | null,
): Promise<{ messages: StoredMessage[]; notes: StoredNote[]; before: number | null }> {
  const { rows } = await db.query<Row>(
    `select m.id, m.direction, m.author, m.written_by as "writtenBy", m.text, m.kind, m.media ->> 'name' as "fileName",
       (m.media ->> 'durationSec')::float8 as "durationSec", f.state as file, f.transcript, coalesce(m.sent_at, m.created_at) as at,
       m.edited_at as "editedAt", m.original_text as "originalText", m.deleted_at as "deletedAt", m.turn_id as "turnId", c.right_answer as "right",
       m.direction = 'in' or m.sent_at is not null or m.channel_message_id is not null as arrived,
       o.state, o.last_error as reason, case when o.state = 'pending' then o.run_at end as run_at, o.id as outbox_id
     from messages m
     left join message_files f on f.message_id = m.id
     left join evaluation_cases c on c.message_id = m.id
     left join lateral (select id, state, last_error, run_at from outbox
                        where channel = 'telegram' and message_id = m.id order by id desc limit 1) o on true
     where m.lead_id = $1 and m.id < $2
     order by m.id desc limit $3`,
    [leadId, before ?? Number.MAX_SAFE_INTEGER, pageSize + 1],
  )
  const page = rows.slice(0, pageSize).toReversed()
  const oldest = page[0]
  const hasMore = rows.length > pageSize
  const notes = await readNotes(db, leadId, hasMore && oldest ? oldest.at : null)
  return { messages: page.map(toMessage), notes, before: hasMore && oldest ? oldest.id : null }
}

function toMessage({ state, arrived, reason, run_at, outbox_id, ...message }: Row): StoredMessage {
  const outcome = arrived || state === 'done' ? 'delivered' : (state ?? 'pending')
  const isOver = outcome === 'delivered'
  return {
    ...message,
    delivery: {
      state: outcome,
      reason: isOver ? null : reason,
      runAt: isOver ? null : run_at,
      outboxId: outbox_id,
    },
  }
}

async function readNotes(db: Queryable, leadId: number, from: Date | null): Promise<StoredNote[]> {
  const { rows } = await db.query<StoredNote>(
    `select id, author, text, created_at as at from (
       select * from lead_notes where lead_id = $1 order by id desc limit 200) newest
     where $2::timestamptz is null or created_at >= $2 order by id`,
    [leadId, from],
  )
  return rows
}
