import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { hearLead } from '../conversations/hear-lead.ts'
import { captionOf } from '../conversations/describe-content.ts'
import { MessengerError } from './messenger-error.ts'
import { spokenKinds, type TelegramMessage } from './telegram-message.ts'
import { type Language, lockLead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { answerSoon } from '../turns/answer-soon.ts'
import { errorText } from '../text/storable.ts'
import { type Heard, transcribe } from './transcribe.ts'

type File = {
  message_id: number
  lead_id: number
  kind: TelegramMessage['kind']
  text: string
  account_id: string
  peer_id: number
  channel_message_id: number
  media: { size?: number | null } | null
  mime_type: string | null
  language: Language | null
  attempts: number
}

const maxAttempts = 5
const longestAskedBack = 300

/**
 * Fetches one voice message, photo or file that a lead sent and keeps it. What was spoken is turned into text, and then answered
 * like text; where that is not possible the lead is asked to write, and a human gets a task.
 * @returns whether there was one
 */
export async function fetchNextFile(app: App): Promise<boolean> {
  const { rows } = await app.db.query<File>(
    `update message_files f set attempts = f.attempts + 1, run_at = now() + make_interval(secs => 5 * 2 ^ least(f.attempts, 6))
     from messages m join leads l on l.id = m.lead_id
     where m.id = f.message_id and f.message_id = (
       select p.message_id from message_files p join messages pm on pm.id = p.message_id
       where p.state = 'pending' and p.run_at <= now() and pm.account_id = any($1)
       order by p.run_at, p.message_id limit 1 for update of p skip locked)
     returning f.message_id, m.lead_id, m.kind, m.text, m.account_id, m.peer_id, m.channel_message_id,
               m.media, f.mime_type, l.language, f.attempts`,
    [app.telegram.ready()],
  )
  const file = rows[0]
  if (!file) return false
  try {
    await fetchFile(app, file)
  } catch (error) {
    const reason = errorText(error)
    if (error instanceof MessengerError && error.code === 'flood-wait') {
      await app.db.query(
        `update message_files set attempts = attempts - 1, last_error = $2, run_at = now() + make_interval(secs => $3::float8 / 1000)
         where message_id = $1`,
        [file.message_id, reason, (error.retryAfterMs ?? 0) + 1000],
      )
      return true
    }
    app.log.warn({ message: file.message_id, reason }, 'A file was not fetched')
    await app.db.query('update message_files set last_error = $2 where message_id = $1', [
      file.message_id,
      reason,
    ])
    if (file.attempts >= maxAttempts) await finish(app, file, { state: 'gone', content: null, heard: null })
  }
  return true
}

async function fetchFile(app: App, file: File): Promise<void> {
  const maxBytes = app.business.telegram.filesMaxMb * 1024 * 1024
  const tooLarge = (file.media?.size ?? 0) > maxBytes
  const peer = { accountId: file.account_id, peerId: file.peer_id }
  const content = tooLarge ? null : await app.telegram.download(peer, file.channel_message_id, maxBytes)
  const heard =
    content && app.config.transcription && spokenKinds.has(file.kind)
      ? await transcribe(app.config.transcription, content, file.mime_type ?? 'audio/ogg')
      : null
  await finish(app, file, {
    state: content ? 'stored' : tooLarge ? 'too_large' : 'gone',
    content,
    heard,
  })
}

async function finish(
  app: App,
  file: File,
  { state, content, heard }: { state: string; content: Buffer | null; heard: Heard | null },
): Promise<void> {
  const { message_id: messageId, lead_id: leadId } = file
  const transcript = heard?.text ?? null
  const language = file.language ?? app.business.language
  await inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    await tx.query(
      'update message_files set state = $2, content = $3, transcript = $4 where message_id = $1',
      [messageId, state, content, transcript],
    )
    if (!spokenKinds.has(file.kind)) return
    if (transcript) {
      await tx.query('update messages set text = $2 where id = $1', [
        messageId,
        `${transcript}\n${file.text}`,
      ])
      // What was perhaps not said ends no talk and books nothing: the lead is asked, and their answer is answered.
      if (heard?.isUnsure) {
        const text = texts[language].lead.heardUnsure(transcript.slice(0, longestAskedBack))
        await queueMessage(tx, {
          leadId,
          turnId: null,
          author: 'ai',
          text,
          key: `message:${messageId}:unsure`,
        })
        return
      }
      if (await hearLead(app, tx, leadId, transcript)) return
      await answerSoon(app, tx, leadId)
      return
    }
    const key = `message:${messageId}:unheard`
    const { lead, task } = texts[language]
    // What was written beside it is being answered: nobody is asked to write it again.
    if (captionOf(file) === '')
      await queueMessage(tx, { leadId, turnId: null, author: 'ai', text: lead.cannotListen, key })
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `${key}:task`,
      payload: { kind: 'task', text: task.listen, dueInMin: 60 },
    })
  })
  for (const work of ['turns', 'telegram', 'amocrm'] as const) app.wake.up(work)
}
