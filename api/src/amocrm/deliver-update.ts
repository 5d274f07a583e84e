import type { App } from '../app.ts'
import { faultPoint } from '../fault-point.ts'
import type { Delivery, OutboxRow } from '../outbox/deliver.ts'
import type { AmocrmPayload } from '../outbox/enqueue.ts'
import { AmocrmError } from './amocrm-error.ts'
import { type AccountMap, type OurStage, readAccountMap } from './status-map.ts'

let accountMap: Promise<AccountMap> | null = null

/** Writes one outbox row to amoCRM. What would show twice if repeated (a note, a task) is looked for first on a repeat. */
export async function deliverUpdate(app: App, row: OutboxRow<AmocrmPayload>): Promise<Delivery> {
  try {
    await write(app, row)
    faultPoint('amocrm.written')
    return { outcome: 'done' }
  } catch (error) {
    if (!(error instanceof AmocrmError)) throw error
    return error.retry
      ? { outcome: 'later', reason: error.message, delayMs: error.retryAfterMs, unsent: error.unsent }
      : { outcome: 'never', reason: error.message }
  }
}

async function write(
  app: App,
  { lead_id: leadId, payload, attempts }: OutboxRow<AmocrmPayload>,
): Promise<void> {
  const repeat = attempts > 1
  if (payload.kind === 'note') {
    if (repeat && (await app.amocrm.noteTexts(leadId)).includes(payload.text)) return
    await app.amocrm.addNote(leadId, payload.text)
    return
  }
  if (payload.kind === 'task') {
    // Looked for even the first time: another turn may have left the same task.
    if ((await app.amocrm.taskTexts(leadId)).includes(payload.text)) return
    const { rows } = await app.db.query<{ responsible_user_id: number | null }>(
      'select responsible_user_id from leads where id = $1',
      [leadId],
    )
    await app.amocrm.addTask(leadId, {
      text: payload.text,
      completeTill: payload.dueAt
        ? new Date(payload.dueAt)
        : new Date(app.now().getTime() + (payload.dueInMin ?? 60) * 60_000),
      responsibleUserId: rows[0]?.responsible_user_id,
    })
    return
  }
  const patch = leadPatch(await mapOf(app), payload)
  if (Object.keys(patch).length > 0) await app.amocrm.updateLead(leadId, patch)
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
