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
  const { username = null, phone = null } = event.sender ?? {}
  const { rowCount } = await db.query(
    `insert into inbox_events (source, dedupe_key, content_type, body, sender_username, sender_phone)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (source, dedupe_key) do nothing`,
    [
      event.source,
      keyOf(event.dedupeKey),
      clip(event.contentType, 200),
      event.body,
      username && clip(username, 64),
      phone && clip(phone, 32),
    ],
  )
  return rowCount === 1
}

/** An index takes no key of any length, and two long ones that begin alike are not the same. */
function keyOf(text: string): string {
  const key = storableText(text)
  return key.length <= 200 ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`
}
