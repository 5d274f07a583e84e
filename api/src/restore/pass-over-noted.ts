import type { App } from '../app.ts'
import { errorText } from '../text/storable.ts'
import type { Restore } from './restore-window.ts'

/**
 * Lines of the forgotten time that stand on the card already are not put there again. The notes of each lead that talked then are read
 * once; with a chat on the card each line was there within a second.
 */
export async function passOverNoted(
  app: App,
  { dumped_at: from, restored_at: until }: Restore,
): Promise<void> {
  const { rows } = await app.db.query<{ lead_id: number; messages: { id: number; text: string }[] }>(
    `select lead_id, jsonb_agg(jsonb_build_object('id', id, 'text', text)) as messages from messages
     where created_at >= $2 and sent_at between $1::timestamptz - interval '5 seconds' and $2 and noted_at is null
     group by lead_id`,
    [from, until],
  )
  for (const { lead_id: leadId, messages } of rows) {
    const ids = messages.map(({ id }) => id)
    if (app.config.amocrm.chats) {
      await app.db.query(
        'update messages set mirrored_at = coalesce(mirrored_at, now()) where id = any($1)',
        [ids],
      )
      continue
    }
    const notes = await app.amocrm.noteTexts(leadId).catch((error: unknown) => {
      app.log.warn(
        { lead: leadId, reason: errorText(error) },
        'After the restore: notes were not read, lines may stand there twice',
      )
      return []
    })
    const lines = notes.flatMap((note) => note.split('\n'))
    const written = messages.filter(({ text }) => lines.some((line) => holds(line, text)))
    await app.db.query('update messages set noted_at = now() where id = any($1)', [
      written.map(({ id }) => id),
    ])
  }
}

/** In a transcript who said it stands before the first line of a message; a long one is cut. */
function holds(line: string, text: string): boolean {
  const first = text.trim().split('\n')[0]?.trim() ?? ''
  return line.endsWith(`: ${first}`) || (first.length > 40 && line.includes(first.slice(0, 200)))
}
