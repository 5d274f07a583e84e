import { createHash } from 'node:crypto'
import type { Queryable } from '../database/pool.ts'
import { clip, storableText } from '../text/storable.ts'

export type InboxEvent = {
  source: 'amocrm' | 'amocrm-chats' | 'telegram' | 'telegram_bot'
  dedupeKey: string
  contentType: string
  /** As it came, byte by byte. Nothing is looked up in it: what queries need is in columns. */
  body: Buffer
  /** Who wrote, as the channel names them. */
  sender?: { username: string | null; phone: string | null }
}

/** Keeps a raw event. @returns false when the same event was kept before: that is fine and not kept again */
export async function storeEvent(db: Queryable, event: InboxEvent): Promise<boolean> {
  const [added] = await storeEvents(db, [event])
  return added === true
}

/** Keeps raw events in their order, all or none. @returns for each: false when the same event was kept before, or stands further in front */
export async function storeEvents(db: Queryable, events: InboxEvent[]): Promise<boolean[]> {
  const keys = events.map((event) => keyOf(event.dedupeKey))
  const { rows } = await db.query<{ source: string; dedupe_key: string }>({
    // Known to PostgreSQL by its name: it is not read anew for each portion of a burst.
    name: 'store-events',
    text: `insert into inbox_events (source, dedupe_key, content_type, body, sender_username, sender_phone)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[])
     on conflict (source, dedupe_key) do nothing
     returning source, dedupe_key`,
    values: [
      events.map(({ source }) => source),
      keys,
      events.map(({ contentType }) => clip(contentType, 200)),
      events.map(({ body }) => body),
      events.map(({ sender }) => sender?.username && clip(sender.username, 64)),
      events.map(({ sender }) => sender?.phone && clip(sender.phone, 32)),
    ],
  })
  const added = new Set(rows.map(({ source, dedupe_key: key }) => `${source} ${key}`))
  return events.map(({ source }, index) => added.delete(`${source} ${keys[index]}`))
}

/** An index takes no key of any length, and two long ones that begin alike are not the same. */
function keyOf(text: string): string {
  const key = storableText(text)
  return key.length <= 200 ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`
}
