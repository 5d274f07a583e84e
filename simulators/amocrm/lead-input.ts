import { z } from 'zod'
import type { Amocrm } from './amocrm.ts'
import { type ValidationError, notSupportedChoice, requiredFilled } from './api/problem.ts'
import { fieldsOf } from './fields.ts'
import { fieldsSchema, readFields } from './field-input.ts'
import { tagsSchema } from './tags.ts'
import type { Lead, Pipeline } from './world.ts'

const linkedContacts = z.array(z.strictObject({ id: z.int(), is_main: z.boolean().optional() }))

const common = {
  name: z.string().optional(),
  price: z.int().optional(),
  status_id: z.int().optional(),
  pipeline_id: z.int().optional(),
  responsible_user_id: z.int().optional(),
  created_by: z.int().optional(),
  updated_by: z.int().optional(),
  created_at: z.int().optional(),
  updated_at: z.int().optional(),
  closed_at: z.int().nullish(),
  loss_reason_id: z.int().nullish(),
  custom_fields_values: fieldsSchema,
  tags_to_add: tagsSchema,
  tags_to_delete: tagsSchema,
  request_id: z.union([z.string(), z.int()]).optional(),
}

/** The body of `POST /leads`, one item. */
export const newLeadSchema = z.strictObject({
  ...common,
  _embedded: z
    .strictObject({
      tags: tagsSchema,
      contacts: linkedContacts.optional(),
      companies: z.array(z.looseObject({})).max(0).optional(),
      source: z.looseObject({}).optional(),
    })
    .optional(),
})

/** The body of `PATCH /leads/{id}`. */
export const leadPatchSchema = z.strictObject({
  ...common,
  id: z.int().optional(),
  _embedded: z.strictObject({ tags: tagsSchema }).optional(),
})

export type LeadInput = z.output<typeof leadPatchSchema>

/** What is wrong with the ids in a lead body. `lead` is the one to be changed, absent for a new one. */
export function checkLead(amo: Amocrm, input: LeadInput, lead?: Lead): ValidationError[] {
  const { world } = amo
  const errors = readFields(fieldsOf(world, 'leads'), input.custom_fields_values, amo.timeZone).errors
  const pipeline = pipelineFor(amo, input, lead)
  if (!pipeline) errors.push(notSupportedChoice('pipeline_id'))
  else if (input.status_id !== undefined && !pipeline.statuses.some((one) => one.id === input.status_id)) {
    errors.push(notSupportedChoice('status_id'))
  } else errors.push(...missingFields(amo, input, pipeline.id, lead))
  if (!isUser(amo, input.responsible_user_id)) errors.push(notSupportedChoice('responsible_user_id'))
  const reasons = world.isLossReasonEnabled ? world.lossReasons : []
  if (input.loss_reason_id && !reasons.some((one) => one.id === input.loss_reason_id)) {
    errors.push(notSupportedChoice('loss_reason_id'))
  }
  return errors
}

/** The fields that the stage a lead is moved to asks for and that are neither filled nor in the body. */
function missingFields(amo: Amocrm, input: LeadInput, pipelineId: number, lead?: Lead): ValidationError[] {
  if (!lead || input.status_id === undefined || input.status_id === lead.status_id) return []
  const given = readFields(fieldsOf(amo.world, 'leads'), input.custom_fields_values, amo.timeZone).fields
  return fieldsOf(amo.world, 'leads')
    .filter((field) =>
      field.requiredStatuses?.some(
        (one) => one.statusId === input.status_id && one.pipelineId === pipelineId,
      ),
    )
    .filter((field) => ((given[field.id] ?? lead.fields[field.id])?.length ?? 0) === 0)
    .map((field) => requiredFilled(`custom_fields_values.${field.id}`))
}

/** Whether `id` names a user; an absent one is fine. */
export const isUser = (amo: Amocrm, id: number | undefined): boolean =>
  id === undefined || amo.world.users.some((user) => user.id === id)

/** The pipeline that a lead body speaks of: named, else found by its status, else the lead's own or the main one. */
export function pipelineFor(amo: Amocrm, input: LeadInput, lead?: Lead): Pipeline | undefined {
  const { pipelines } = amo.world
  if (input.pipeline_id !== undefined) return pipelines.find((one) => one.id === input.pipeline_id)
  const own = pipelines.find((one) => (lead ? one.id === lead.pipeline_id : one.is_main))
  const hasStatus = (one: Pipeline) => one.statuses.some((status) => status.id === input.status_id)
  if (input.status_id === undefined || (own && hasStatus(own))) return own
  return pipelines.find(hasStatus) ?? own
}
