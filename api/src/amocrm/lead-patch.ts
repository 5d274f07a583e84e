import type { Lead } from '../leads/lead.ts'
import { furtherStage, isFurther, mayEnter } from '../leads/stage-rank.ts'
import type { AmocrmPayload } from '../outbox/enqueue.ts'
import { convertValue, type Unfit } from './field-value.ts'
import type { LeadPatch } from './client.ts'
import type { AccountMap } from './status-map.ts'

type LeadPayload = Extract<AmocrmPayload, { kind: 'lead' }>
type FieldValue = string | number | null
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
  const { locked_stage: locked } = lead
  const there = pipeline.stageOf.get(lead.status_id ?? Number.NaN)
  if (!mayEnter({ ...lead, stage: furtherStage(lead.stage, there ?? lead.stage) }, stage)) return null
  // Further than where a human put it, it was brought by us; a status that means no stage to us was a human's.
  if (locked !== null && stage !== 'lost' && !(there && isFurther(there, locked))) {
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
): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fields ?? {}).filter(
      ([name, value]) => map.fields[name] !== undefined && (lead.written_fields[name] ?? null) !== value,
    ),
  )
}

/** One thing that changes on a card. amoCRM may refuse it, and the others are written all the same. */
export type Part =
  | { what: 'status'; target: StatusTarget }
  | { what: 'lossReason'; id: number }
  | { what: 'tags'; names: string[] }
  | { what: 'field'; name: string; value: FieldValue; written: object }
/** A value that the account's field cannot take. */
export type UnfitField = { name: string; value: FieldValue; unfit: Unfit }

/** What changes, part by part, the most important first; and what cannot be written as the account is. */
export function partsOf(
  map: AccountMap,
  payload: LeadPayload,
  target: StatusTarget | null,
  fields: Record<string, FieldValue>,
): { parts: Part[]; unfit: UnfitField[] } {
  const parts: Part[] = target ? [{ what: 'status', target }] : []
  const unfit: UnfitField[] = []
  for (const [name, value] of Object.entries(fields)) {
    const field = map.fields[name]
    if (!field) continue
    const converted = convertValue(field, value)
    if ('unfit' in converted) unfit.push({ name, value, unfit: converted.unfit })
    else parts.push({ what: 'field', name, value, written: { field_id: field.id, values: converted.values } })
  }
  const reason =
    payload.lossReason && target?.statusId === 143 ? map.lossReasons[payload.lossReason] : undefined
  if (reason !== undefined) parts.push({ what: 'lossReason', id: reason })
  if (payload.tags?.length) parts.push({ what: 'tags', names: payload.tags })
  return { parts, unfit }
}

/** amoCRM's form of what changes; the custom fields stand in the order of the parts. */
export function patchOf(parts: Part[]): LeadPatch {
  const values = parts.flatMap((part) => (part.what === 'field' ? [part.written] : []))
  const patch: LeadPatch = {}
  for (const part of parts) {
    // Always with the pipeline: 142 and 143 are in every one.
    if (part.what === 'status')
      Object.assign(patch, { pipeline_id: part.target.pipelineId, status_id: part.target.statusId })
    if (part.what === 'lossReason') patch['loss_reason_id'] = part.id
    if (part.what === 'tags') patch['tags_to_add'] = part.names.map((name) => ({ name }))
  }
  return { ...patch, ...(values.length > 0 ? { custom_fields_values: values } : {}) }
}

/** The part of the patch that a path of amoCRM's leads to; undefined when it leads to none. */
export function partAt(parts: Part[], path: string): Part | undefined {
  const [top, index] = path.replace(/^\/?(?:\d+\.)?/, '').split(/[./]/)
  const what = {
    status_id: 'status',
    pipeline_id: 'status',
    loss_reason_id: 'lossReason',
    tags_to_add: 'tags',
    _embedded: 'tags',
  }[top ?? '']
  if (top !== 'custom_fields_values') return parts.find((part) => part.what === what)
  return parts.filter((part) => part.what === 'field')[/^\d+$/.test(index ?? '') ? Number(index) : -1]
}
