import type { App, Ports } from '../app.ts'
import { faultPoint } from '../process/fault-point.ts'
import { cardIsGone } from '../leads/card-gone.ts'
import { followCard } from '../leads/follow-card.ts'
import { findLead, type Lead, requireLead } from '../leads/lead.ts'
import type { Delivery, OutboxRow } from '../outbox/deliver.ts'
import type { AmocrmPayload } from '../outbox/enqueue.ts'
import { accountMapOf, forgetAccountMap } from './account-map.ts'
import { AmocrmError } from './amocrm-error.ts'
import { deliverChat } from './chats/deliver-chat.ts'
import { changedFields, leadPatch, targetStatus } from './lead-patch.ts'

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
    // Somebody may have removed a status or a field: what we know of the account is read anew, once.
    const again = error.status === 400 && row.attempts === 1 && forgetAccountMap(app)
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
  app: Ports<'amocrm'>,
  { lead_id: leadId, payload, attempts }: Row<'note'>,
): Promise<Delivery> {
  if (attempts > 1 && (await app.amocrm.noteTexts(leadId)).includes(payload.text)) return { outcome: 'done' }
  return { outcome: 'done', result: { noteId: await app.amocrm.addNote(leadId, payload.text) } }
}

async function writeTask(
  app: Ports<'amocrm' | 'now'>,
  { lead_id: leadId, payload }: Row<'task'>,
  lead: Lead,
): Promise<Delivery> {
  // Looked for even the first time: another turn may have left the same task.
  const same = (await app.amocrm.openTasks(leadId)).find((task) => task.text === payload.text)
  if (same) return { outcome: 'done', result: { taskId: same.id } }
  const taskId = await app.amocrm.addTask(leadId, {
    text: payload.text,
    completeTill: payload.dueAt
      ? new Date(payload.dueAt)
      : new Date(app.now().getTime() + (payload.dueInMin ?? 60) * 60_000),
    responsibleUserId: lead.responsible_user_id,
  })
  return { outcome: 'done', result: { taskId } }
}

async function writeLead(
  app: App,
  { lead_id: leadId, payload }: Row<'lead'>,
  known: Lead,
): Promise<Delivery> {
  const map = await accountMapOf(app)
  let lead = known
  if (targetStatus(map, lead, payload)) {
    // A human may have moved the card since we last looked, and then theirs counts.
    const card = await app.amocrm.leadAmongOthers(leadId)
    if (!card || card.is_deleted) {
      await cardIsGone(app, leadId)
      return gone
    }
    await followCard(app, { lead: card, contact: undefined }, { announced: false })
    lead = await requireLead(findLead(app.db, leadId))
  }
  const target = targetStatus(map, lead, payload)
  const fields = changedFields(map, lead, payload.fields)
  const patch = leadPatch(map, payload, target, fields)
  if (Object.keys(patch).length === 0) return { outcome: 'done', result: { unchanged: true } }
  if (target) {
    await app.db.query('update leads set written_pipeline_id = $2, written_status_id = $3 where id = $1', [
      leadId,
      target.pipelineId,
      target.statusId,
    ])
  }
  await app.amocrm.updateLead(leadId, patch)
  await app.db.query('update leads set written_fields = written_fields || $2::jsonb where id = $1', [
    leadId,
    fields,
  ])
  // Unless the card was read meanwhile: what it says is newer.
  if (target) {
    await app.db.query(
      `update leads set pipeline_id = $2, status_id = $3, written_pipeline_id = null, written_status_id = null
       where id = $1 and written_pipeline_id = $2 and written_status_id = $3`,
      [leadId, target.pipelineId, target.statusId],
    )
  }
  return { outcome: 'done' }
}
