import type { Queryable } from '../database/pool.ts'

export type StoredFile = { content: Buffer; type: string; isShown: boolean }

/** What a page may play or show. Everything else is only saved: a lead may send a page with a script. */
const shown = /^(audio\/(ogg|mpeg|mp4|aac)|video\/mp4|image\/(jpeg|png|webp))$/

/** The stored file of a message, or undefined. */
export async function readFile(
  db: Queryable,
  leadId: number,
  messageId: number,
): Promise<StoredFile | undefined> {
  const { rows } = await db.query<{ content: Buffer; type: string | null; kind: string }>(
    `select f.content, f.mime_type as type, m.kind from message_files f join messages m on m.id = f.message_id
     where f.message_id = $1 and m.lead_id = $2 and f.state = 'stored' and f.content is not null`,
    [messageId, leadId],
  )
  const file = rows[0]
  if (!file) return undefined
  const type = file.type ?? (file.kind === 'photo' ? 'image/jpeg' : 'application/octet-stream')
  const isShown = shown.test(type)
  return { content: file.content, type: isShown ? type : 'application/octet-stream', isShown }
}
