import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { nextId } from '../next-id.ts'
import { closedStatuses, incomingStatus } from '../seed.ts'
import type { Pipeline } from '../world.ts'
import { readItems } from './body.ts'
import { sendWritten } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { entityNotFound } from './problem.ts'

const statusSchema = z.strictObject({
  id: z.literal([142, 143]).optional(),
  name: z.string().min(1),
  sort: z.int().optional(),
  color: z.string().default('#99ccff'),
})
const newStatusSchema = statusSchema.omit({ id: true }).extend({
  request_id: z.union([z.string(), z.int()]).optional(),
})
const schema = z.strictObject({
  name: z.string().min(1),
  sort: z.int().optional(),
  is_main: z.boolean().default(false),
  is_unsorted_on: z.boolean().default(true),
  _embedded: z.strictObject({ statuses: z.array(statusSchema).min(1) }),
  request_id: z.union([z.string(), z.int()]).optional(),
})

/** `POST /leads/pipelines/{id}/statuses`, and `POST /leads/pipelines`: each new pipeline gets its incoming stage and, as every pipeline, 142 and 143. */
export function addPipelineRoutes(app: FastifyInstance, amo: Amocrm): void {
  app.post<{ Params: IdParams }>('/leads/pipelines/:id/statuses', (request) => {
    const pipeline = amo.world.pipelines.find((one) => one.id === idOf(request))
    if (!pipeline) throw entityNotFound('pipelines', idOf(request))
    const items = readItems(newStatusSchema, request.body)
    const written = items.map(({ body, requestId }) => {
      const { name, sort = 10, color } = body
      const status = { id: nextId(amo.world, 'status'), name, sort, color, type: 0, is_editable: true }
      pipeline.statuses.push(status)
      pipeline.statuses.sort((a, b) => a.sort - b.sort)
      return { ...status, request_id: requestId }
    })
    amo.changed()
    return { _total_items: written.length, ...sendWritten(request, 'statuses', written) }
  })

  app.post('/leads/pipelines', (request) => {
    const items = readItems(schema, request.body)
    const written = items.map(({ body, requestId }) => {
      const id = nextId(amo.world, 'pipeline')
      const own = body._embedded.statuses.filter((status) => status.id === undefined)
      const named = (statusId: number) => body._embedded.statuses.find((one) => one.id === statusId)?.name
      const pipeline: Pipeline = {
        id,
        name: body.name,
        sort: body.sort ?? amo.world.pipelines.length + 1,
        is_main: body.is_main,
        statuses: [
          { ...incomingStatus(amo.lang), id: nextId(amo.world, 'status') },
          ...own.map((status, index) => ({
            id: nextId(amo.world, 'status'),
            name: status.name,
            sort: status.sort ?? (index + 2) * 10,
            color: status.color,
            type: 0,
            is_editable: true,
          })),
          ...closedStatuses(amo.lang).map((status) => ({
            ...status,
            name: named(status.id) ?? status.name,
          })),
        ],
      }
      if (body.is_main) for (const other of amo.world.pipelines) other.is_main = false
      amo.world.pipelines.push(pipeline)
      const { sort, is_main } = pipeline
      return { id, name: body.name, sort, is_main, request_id: requestId }
    })
    amo.changed()
    return { _total_items: written.length, ...sendWritten(request, 'pipelines', written) }
  })
}
