import type { App, Ports } from '../app.ts'
import { faultPoint } from '../process/fault-point.ts'
import { findLead, type Lead } from '../leads/lead.ts'
import type { Delivery, OutboxRow } from '../outbox/deliver.ts'
import type { AmocrmPayload } from '../outbox/enqueue.ts'
import { recentRestore } from '../restore/restore-window.ts'
import { forgetAccountMap } from './account-map.ts'
import { AmocrmError, isRefusal } from './amocrm-error.ts'
import { deliverChat } from './chats/deliver-chat.ts'
import { writeLead } from './write-lead.ts'

type Row<Kind extends AmocrmPayload['kind']> = OutboxRow<Extract<AmocrmPayload, { kind: Kind }>>

const gone: Delivery = { outcome: 'cancelled', reason: 'the lead was deleted in amoCRM' }

/** Writes one outbox row to amoCRM. What would show twice if repeated (a note, a task) is looked for first on a repeat. */
export async function deliverUpdate(app: App, row: OutboxRow<AmocrmPayload>): Promise<Delivery> {
  try {
    const delivery = await write(app, row)
    faultPoint('amocrm.written')
    return delivery
  } catch (error) {
    if (!(error instanceof AmocrmError)) throw error
    if (error.retry)
      return { outcome: 'later', reason: error.message, delayMs: error.retryAfterMs, unsent: error.unsent }
    // Another look may help: somebody may have removed a status, a field or a user.
    const again = isRefusal(error) && row.attempts === 1
    if (again) forgetAccountMap(app)
    return again ? { outcome: 'later', reason: error.message } : { outcome: 'never', reason: error.message }
  }
}

async function write(app: App, row: OutboxRow<AmocrmPayload>): Promise<Delivery> {
  const lead = await findLead(app.db, row.lead_id)
  if (!lead || lead.card_gone_at) return gone
  const { payload } = row
  switch (payload.kind) {
    case 'note':
      return writeNote(app, { ...row, payload })
    case 'task':
      return writeTask(app, { ...row, payload }, lead)
    case 'task_done':
      return closeTask(app, { ...row, payload })
    case 'lead':
      return writeLead(app, { ...row, payload }, lead)
    case 'chat':
    case 'chat_status':
      return deliverChat(app, { ...row, payload }, lead)
  }
}

async function closeTask(
  app: Ports<'db' | 'amocrm'>,
  { lead_id: leadId, payload }: Row<'task_done'>,
): Promise<Delivery> {
  const taskId = await findTask(app, leadId, payload.of)
  if (taskId !== null) await app.amocrm.completeTask(taskId, payload.result)
  return { outcome: 'done' }
}

/** The task that an earlier outbox row made: by the id it was told, else by its text among the open ones. */
async function findTask(app: Ports<'db' | 'amocrm'>, leadId: number, key: string): Promise<number | null> {
  const { rows } = await app.db.query<{ task_id: number | null; text: string | null }>(
    `select (result ->> 'taskId')::float8 as task_id, payload ->> 'text' as text from outbox where idempotency_key = $1`,
    [key],
  )
  const [made] = rows
  if (!made) return null
  if (made.task_id !== null) return made.task_id
  return (await app.amocrm.openTasks(leadId)).find((task) => task.text === made.text)?.id ?? null
}

async function writeNote(
  app: Ports<'amocrm' | 'db'>,
  { lead_id: leadId, payload, attempts }: Row<'note'>,
): Promise<Delivery> {
  // After a restore what is understood a second time leads to the same notes.
  const mayBeThere = attempts > 1 || (await recentRestore(app.db)) !== null
  if (mayBeThere && (await app.amocrm.noteTexts(leadId)).includes(payload.text)) return { outcome: 'done' }
  const noteId = await app.amocrm.addNote(leadId, payload.text).catch((error: unknown) => {
    if (!isRefusal(error)) throw error
    return app.amocrm.addNote(leadId, payload.text, true)
  })
  return { outcome: 'done', result: { noteId } }
}

async function writeTask(
  app: Ports<'amocrm' | 'now'>,
  { lead_id: leadId, payload }: Row<'task'>,
  lead: Lead,
): Promise<Delivery> {
  // Looked for even the first time: another turn may have left the same task.
  const same = (await app.amocrm.openTasks(leadId)).find((task) => task.text === payload.text)
  if (same) return { outcome: 'done', result: { taskId: same.id } }
  const task = {
    text: payload.text,
    completeTill: payload.dueAt
      ? new Date(payload.dueAt)
      : new Date(app.now().getTime() + (payload.dueInMin ?? 60) * 60_000),
  }
  // The responsible user may have left, or may not be given tasks: better the integration's own than none.
  const taskId = await app.amocrm
    .addTask(leadId, { ...task, responsibleUserId: lead.responsible_user_id })
    .catch((error: unknown) => {
      if (!isRefusal(error)) throw error
      return app.amocrm.addTask(leadId, task)
    })
  return { outcome: 'done', result: { taskId } }
}
