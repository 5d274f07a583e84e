import type { Queryable } from '../database/pool.ts'

export type InboxEvent = {
  source: 'amocrm' | 'amocrm-chats' | 'telegram' | 'telegram_bot'
  dedupeKey: string
  contentType: string
  body: Buffer
}

/** Keeps a raw event. @returns false when the same event was kept before: that is fine and not kept again */
export async function storeEvent(db: Queryable, event: InboxEvent): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into inbox_events (source, dedupe_key, content_type, body) values ($1, $2, $3, $4)
     on conflict (source, dedupe_key) do nothing`,
    [event.source, event.dedupeKey, event.contentType, event.body],
  )
  return rowCount === 1
}
