import type { Lead } from '../leads/lead.ts'
import { mayEnter } from '../leads/stage-rank.ts'
import type { AmocrmPayload } from '../outbox/enqueue.ts'
import type { LeadPatch } from './client.ts'
import type { AccountMap } from './status-map.ts'

type LeadPayload = Extract<AmocrmPayload, { kind: 'lead' }>
export type StatusTarget = { pipelineId: number; statusId: number }

/** The status that the card should get, or null when it has it, the account has none for the stage, or a human decided otherwise. */
export function targetStatus(map: AccountMap, lead: Lead, payload: LeadPayload): StatusTarget | null {
  const pipeline = map.pipelines.get(lead.pipeline_id ?? Number.NaN)
  if (payload.statusId !== undefined) {
    const isThere = payload.statusId === lead.status_id
    return isThere || lead.pipeline_id === null
      ? null
      : { pipelineId: lead.pipeline_id, statusId: payload.statusId }
  }
  const { stage } = payload
  const statusId = stage && pipeline?.statuses[stage]
  if (!pipeline || !stage || statusId === undefined || statusId === lead.status_id) return null
  if (!mayEnter(lead, stage)) return null
  if (lead.locked_stage !== null && stage !== 'lost') {
    const sort = (id: number | null) => pipeline.sortOf.get(id ?? Number.NaN) ?? 0
    if (sort(statusId) <= sort(lead.status_id)) return null
  }
  return { pipelineId: pipeline.id, statusId }
}

/** The fields whose value is another one than what we wrote last. */
export function changedFields(
  map: AccountMap,
  lead: Lead,
  fields: LeadPayload['fields'],
): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(fields ?? {}).filter(
      ([name, value]) => map.fields[name] !== undefined && (lead.written_fields[name] ?? null) !== value,
    ),
  )
}

/** amoCRM's form of what changes; empty when nothing does. */
export function leadPatch(
  map: AccountMap,
  payload: LeadPayload,
  target: StatusTarget | null,
  fields: Record<string, string | number | null>,
): LeadPatch {
  const values = Object.entries(fields).flatMap(([name, value]) => {
    const field = map.fields[name]
    if (!field) return []
    const { id, type } = field
    return { field_id: id, values: value === null ? null : [{ value: fieldValue(type, value) }] }
  })
  const reason =
    payload.lossReason && target?.statusId === 143 ? map.lossReasons[payload.lossReason] : undefined
  return {
    // Always with the pipeline: 142 and 143 are in every one.
    ...(target ? { pipeline_id: target.pipelineId, status_id: target.statusId } : {}),
    ...(reason === undefined ? {} : { loss_reason_id: reason }),
    ...(values.length > 0 ? { custom_fields_values: values } : {}),
    ...(payload.tags?.length ? { tags_to_add: payload.tags.map((name) => ({ name })) } : {}),
  }
}

/** amoCRM takes date_time as unix seconds. */
const fieldValue = (type: string, value: string | number) =>
  (type === 'date_time' || type === 'date') && typeof value === 'string'
    ? Math.floor(Date.parse(value) / 1000)
    : value
