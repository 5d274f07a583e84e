import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { accountId } from '../seed.ts'
import type { LogEvent, Pipeline, Status } from '../world.ts'
import { selfLink, sendPage } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { type Query, branch, inRange, oneOf } from './query.ts'

/** Pipelines and their statuses, loss reasons and the audit log. */
export function addCatalogRoutes(app: FastifyInstance, amo: Amocrm): void {
  const { world } = amo
  const find = (request: FastifyRequest<{ Params: IdParams }>) =>
    world.pipelines.find((pipeline) => pipeline.id === idOf(request))

  app.get('/leads/pipelines', (request, reply) => {
    const total = { _total_items: world.pipelines.length }
    return sendPage(request, reply, 'pipelines', world.pipelines, (one) => pipelineView(request, one), total)
  })
  app.get<{ Params: IdParams }>('/leads/pipelines/:id', (request, reply) => {
    const pipeline = find(request)
    return pipeline ? pipelineView(request, pipeline) : reply.code(204).send()
  })
  app.get<{ Params: IdParams }>('/leads/pipelines/:id/statuses', (request, reply) => {
    const pipeline = find(request)
    if (!pipeline) return reply.code(204).send()
    const total = { _total_items: pipeline.statuses.length }
    const view = (status: Status) => statusView(request, pipeline, status)
    return sendPage(request, reply, 'statuses', pipeline.statuses, view, total)
  })
  app.get<{ Params: IdParams & { statusId: string } }>(
    '/leads/pipelines/:id/statuses/:statusId',
    (request, reply) => {
      const pipeline = find(request)
      const status = pipeline?.statuses.find((one) => String(one.id) === request.params.statusId)
      return pipeline && status ? statusView(request, pipeline, status) : reply.code(204).send()
    },
  )

  app.get('/leads/loss_reasons', (request, reply) =>
    sendPage(
      request,
      reply,
      'loss_reasons',
      world.isLossReasonEnabled ? world.lossReasons : [],
      (reason) => ({
        ...reason,
        created_at: 0,
        updated_at: 0,
        ...selfLink(request, `/api/v4/leads/loss_reasons/${reason.id}`),
      }),
    ),
  )

  app.get<{ Querystring: Query }>('/events', (request, reply) => {
    const filter = branch(request.query, 'filter')
    const events = world.events.filter(
      (event) =>
        oneOf(filter, 'type', event.type) &&
        oneOf(filter, 'entity', event.entity ?? 'lead') &&
        oneOf(filter, 'entity_id', event.entity_id) &&
        oneOf(filter, 'created_by', event.created_by) &&
        inRange(filter, 'created_at', event.created_at),
    )
    return sendPage(request, reply, 'events', events.toReversed(), (event) => eventView(request, event))
  })
}

const pipelineView = (request: FastifyRequest, pipeline: Pipeline) => ({
  id: pipeline.id,
  name: pipeline.name,
  sort: pipeline.sort,
  is_main: pipeline.is_main,
  is_unsorted_on: true,
  is_archive: false,
  account_id: accountId,
  ...selfLink(request, `/api/v4/leads/pipelines/${pipeline.id}`),
  _embedded: { statuses: pipeline.statuses.map((status) => statusView(request, pipeline, status)) },
})

const statusView = (request: FastifyRequest, pipeline: Pipeline, status: Status) => ({
  ...status,
  pipeline_id: pipeline.id,
  account_id: accountId,
  ...selfLink(request, `/api/v4/leads/pipelines/${pipeline.id}/statuses/${status.id}`),
})

const eventView = (request: FastifyRequest, { entity = 'lead', ...event }: LogEvent) => ({
  ...event,
  entity_type: entity,
  account_id: accountId,
  ...selfLink(request, `/api/v4/events/${event.id}`),
  _embedded: {
    entity: { id: event.entity_id, ...selfLink(request, `/api/v4/${entity}s/${event.entity_id}`) },
  },
})
