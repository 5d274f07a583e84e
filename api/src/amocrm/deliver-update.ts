import type { App } from '../app.ts'
import { faultPoint } from '../fault-point.ts'
import type { Delivery, OutboxRow } from '../outbox/deliver.ts'
import type { AmocrmPayload } from '../outbox/enqueue.ts'
import { AmocrmError } from './client.ts'
import { type AccountMap, type OurStage, readAccountMap } from './status-map.ts'

let accountMap: Promise<AccountMap> | null = null

/** Writes one outbox row to amoCRM. What would show twice if repeated (a note, a task) is looked for first on a repeat. */
export async function deliverUpdate(app: App, row: OutboxRow<AmocrmPayload>): Promise<Delivery> {
  try {
    const result = await write(app, row)
    faultPoint('amocrm.written')
    return { outcome: 'done', ...(result && { result }) }
  } catch (error) {
    if (!(error instanceof AmocrmError)) throw error
    return error.retry
      ? { outcome: 'later', reason: error.message }
      : { outcome: 'never', reason: error.message }
  }
}

async function write(
  app: App,
  { lead_id: leadId, payload, attempts }: OutboxRow<AmocrmPayload>,
): Promise<{ taskId: number | undefined } | undefined> {
  const repeat = attempts > 1
  if (payload.kind === 'note') {
    if (repeat && (await app.amocrm.noteTexts(leadId)).includes(payload.text)) return undefined
    await app.amocrm.addNote(leadId, payload.text)
    return undefined
  }
  if (payload.kind === 'task') {
    // Looked for even the first time: another turn may have left the same task.
    const same = (await app.amocrm.openTasks(leadId)).find((task) => task.text === payload.text)
    if (same) return { taskId: same.id }
    const { rows } = await app.db.query<{ responsible_user_id: number | null }>(
      'select responsible_user_id from leads where id = $1',
      [leadId],
    )
    const taskId = await app.amocrm.addTask(leadId, {
      text: payload.text,
      completeTill: payload.dueAt
        ? new Date(payload.dueAt)
        : new Date(app.now().getTime() + (payload.dueInMin ?? 60) * 60_000),
      responsibleUserId: rows[0]?.responsible_user_id,
    })
    return { taskId }
  }
  if (payload.kind === 'task_done') {
    const taskId = await findTask(app, leadId, payload.of)
    if (taskId !== null) await app.amocrm.completeTask(taskId, payload.result)
    return undefined
  }
  const patch = leadPatch(await mapOf(app), payload)
  if (Object.keys(patch).length > 0) await app.amocrm.updateLead(leadId, patch)
  return undefined
}

/** The task that an earlier outbox row made: by the id it was told, else by its text among the open ones. */
async function findTask(app: App, leadId: number, key: string): Promise<number | null> {
  const { rows } = await app.db.query<{ task_id: number | null; text: string | null }>(
    `select (result ->> 'taskId')::float8 as task_id, payload ->> 'text' as text from outbox where idempotency_key = $1`,
    [key],
  )
  const [made] = rows
  if (!made) return null
  if (made.task_id !== null) return made.task_id
  return (await app.amocrm.openTasks(leadId)).find((task) => task.text === made.text)?.id ?? null
}

/** The account's statuses and fields are read once; a failed reading is not kept. */
export async function mapOf(app: App): Promise<AccountMap> {
  accountMap ??= readAccountMap(app.amocrm, app.business)
  try {
    return await accountMap
  } catch (error) {
    accountMap = null
    throw error
  }
}

function leadPatch(
  map: AccountMap,
  payload: Extract<AmocrmPayload, { kind: 'lead' }>,
): Record<string, unknown> {
  const status = payload.stage ? map.statuses[payload.stage as OurStage] : undefined
  const values = Object.entries(payload.fields ?? {}).flatMap(([name, value]) => {
    const field = map.fields[name]
    if (!field) return []
    return [
      { field_id: field.id, values: value === null ? null : [{ value: fieldValue(field.type, value) }] },
    ]
  })
  return {
    ...(payload.statusId ? { status_id: payload.statusId } : {}),
    ...(status ? { pipeline_id: status.pipelineId, status_id: status.statusId } : {}),
    ...(values.length > 0 ? { custom_fields_values: values } : {}),
    ...(payload.tags?.length ? { tags_to_add: payload.tags.map((name) => ({ name })) } : {}),
  }
}

/** amoCRM takes date_time as unix seconds. */
const fieldValue = (type: string, value: string | number) =>
  type === 'date_time' && typeof value === 'string' ? Math.floor(Date.parse(value) / 1000) : value
