import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { nextId } from '../next-id.ts'
import { fieldsOf } from '../fields.ts'
import { accountId } from '../seed.ts'
import type { Field } from '../world.ts'
import { readItems } from './body.ts'
import { selfLink, sendPage, sendWritten } from './hal.ts'
import { type IdParams, idOf } from './params.ts'

const types =
  'text textarea numeric checkbox select multiselect radiobutton multitext date date_time birthday url price monetary chained_list streetaddress'.split(
    ' ',
  )

const newFieldSchema = z.strictObject({
  name: z.string().min(1),
  type: z.literal(types),
  code: z.string().nullish(),
  sort: z.int().optional(),
  is_api_only: z.boolean().optional(),
  enums: z
    .array(z.strictObject({ value: z.string(), sort: z.int().optional(), code: z.string().nullish() }))
    .nullish(),
  request_id: z.union([z.string(), z.int()]).optional(),
})

/** Custom field definitions of leads and contacts: list, one, add. */
export function addFieldRoutes(app: FastifyInstance, amo: Amocrm): void {
  for (const entity of ['leads', 'contacts'] as const) {
    app.get(`/${entity}/custom_fields`, (request, reply) => {
      const fields = fieldsOf(amo.world, entity)
      const total = { _total_items: fields.length }
      return sendPage(request, reply, 'custom_fields', fields, (field) => fieldView(request, field), total)
    })

    app.get<{ Params: IdParams }>(`/${entity}/custom_fields/:id`, (request, reply) => {
      const id = idOf(request)
      const field = fieldsOf(amo.world, entity).find((one) => one.id === id)
      return field ? fieldView(request, field) : reply.code(204).send()
    })

    app.post(`/${entity}/custom_fields`, (request) => {
      const items = readItems(newFieldSchema, request.body)
      const written = items.map(({ body, requestId }) => {
        const field: Field = {
          id: nextId(amo.world, 'field'),
          name: body.name,
          code: body.code ?? null,
          type: body.type,
          sort: body.sort ?? 500,
          entity,
          enums:
            body.enums?.map((one, index) => ({
              id: nextId(amo.world, 'enum'),
              value: one.value,
              sort: one.sort ?? index + 1,
              ...(one.code ? { code: one.code } : {}),
            })) ?? null,
        }
        amo.world.fields.push(field)
        return { ...fieldView(request, field), request_id: requestId }
      })
      amo.changed()
      return sendWritten(request, 'custom_fields', written)
    })
  }
}

const fieldView = (request: FastifyRequest, field: Field) => ({
  id: field.id,
  name: field.name,
  code: field.code,
  sort: field.sort,
  type: field.type,
  entity_type: field.entity,
  account_id: accountId,
  group_id: null,
  is_api_only: false,
  is_predefined: field.type === 'multitext',
  is_deletable: field.type !== 'multitext',
  required_statuses: (field.requiredStatuses ?? []).map((one) => ({
    status_id: one.statusId,
    pipeline_id: one.pipelineId,
  })),
  enums: field.enums,
  ...selfLink(request, `/api/v4/${field.entity}/custom_fields/${field.id}`),
})
