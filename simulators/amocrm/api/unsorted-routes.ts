import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { checkContact, contactSchema } from '../contacts.ts'
import { checkLead, newLeadSchema } from '../lead-input.ts'
import { accountId, integrationUserId } from '../seed.ts'
import { acceptUnsorted, addUnsorted, declineUnsorted } from '../unsorted.ts'
import type { Unsorted } from '../world.ts'
import { readItems } from './body.ts'
import { selfLink, sendPage } from './hal.ts'
import { Problem, notSupportedChoice, validationProblem } from './problem.ts'
import { type Query, branch, inRange, oneOf } from './query.ts'

const itemSchema = z.strictObject({
  source_uid: z.string().min(1),
  source_name: z.string().min(1),
  pipeline_id: z.int().optional(),
  created_at: z.int().optional(),
  metadata: z.record(z.string(), z.unknown()),
  _embedded: z
    .strictObject({
      leads: z.array(newLeadSchema).max(1).optional(),
      contacts: z.array(contactSchema).max(1).optional(),
      companies: z.array(z.looseObject({})).max(0).optional(),
    })
    .optional(),
  request_id: z.union([z.string(), z.int()]).optional(),
})
const settleSchema = z.strictObject({ user_id: z.int().optional(), status_id: z.int().optional() }).nullish()
type UidParams = { uid: string }

/** `/leads/unsorted`: incoming leads, listed, added as forms or calls, accepted and declined. */
export function addUnsortedRoutes(app: FastifyInstance, amo: Amocrm): void {
  const open = (uid: string): Unsorted => {
    const item = amo.world.unsorted.find((one) => one.uid === uid && one.state === 'new')
    if (!item) throw new Problem(404, 'Not Found', `Unsorted ${uid} not found`)
    return item
  }

  app.get<{ Querystring: Query }>('/leads/unsorted', (request, reply) => {
    const filter = branch(request.query, 'filter')
    const rows = amo.world.unsorted.filter(
      (item) =>
        item.state === 'new' &&
        oneOf(filter, 'uid', item.uid) &&
        oneOf(filter, 'category', item.category) &&
        oneOf(filter, 'pipeline_id', item.pipeline_id) &&
        inRange(filter, 'created_at', item.created_at),
    )
    return sendPage(request, reply, 'unsorted', rows, (item) => unsortedView(request, item))
  })

  app.get<{ Params: UidParams }>('/leads/unsorted/:uid', (request) =>
    unsortedView(request, open(request.params.uid)),
  )

  for (const category of ['forms', 'sip'] as const) {
    app.post(`/leads/unsorted/${category}`, (request) => {
      const items = readItems(itemSchema, request.body, (input) => check(amo, input))
      const written = items.map(({ body, requestId }) => {
        const item = addUnsorted(amo, {
          category,
          source_uid: body.source_uid,
          source_name: body.source_name,
          metadata: body.metadata,
          pipelineId: body.pipeline_id,
          createdAt: body.created_at,
          lead: { ...body._embedded?.leads?.[0], _embedded: undefined },
          contact: body._embedded?.contacts?.[0],
        })
        return { ...writtenView(request, item), request_id: requestId }
      })
      return {
        _total_items: written.length,
        ...selfLink(request, `/api/v4/leads/unsorted/${category}`),
        _embedded: { unsorted: written },
      }
    })
  }

  app.post<{ Params: UidParams }>('/leads/unsorted/:uid/accept', (request) => {
    const item = open(request.params.uid)
    const { user_id: by = integrationUserId, status_id: statusId } = settling(request)
    const errors = checkLead(amo, {
      pipeline_id: item.pipeline_id,
      status_id: statusId,
      responsible_user_id: by,
    })
    if (errors.length > 0) throw validationProblem([{ request_id: '0', errors }])
    acceptUnsorted(amo, item, by, statusId)
    return writtenView(request, item)
  })

  app.delete<{ Params: UidParams }>('/leads/unsorted/:uid/decline', (request) => {
    const item = open(request.params.uid)
    declineUnsorted(amo, item, settling(request).user_id ?? integrationUserId)
    return writtenView(request, item)
  })
}

function settling(request: FastifyRequest) {
  const parsed = settleSchema.safeParse(request.body)
  if (parsed.success) return parsed.data ?? {}
  throw validationProblem([{ request_id: '0', errors: [notSupportedChoice('user_id')] }])
}

function check(amo: Amocrm, input: z.output<typeof itemSchema>) {
  const [lead] = input._embedded?.leads ?? []
  const [contact] = input._embedded?.contacts ?? []
  return [
    ...checkLead(amo, { ...lead, _embedded: undefined, pipeline_id: input.pipeline_id }),
    ...(contact ? checkContact(amo, contact) : []),
  ]
}

const linksOf = (request: FastifyRequest, item: Unsorted) => ({
  leads: [{ id: item.lead_id, ...selfLink(request, `/api/v4/leads/${item.lead_id}`) }],
  contacts:
    item.contact_id === null
      ? []
      : [{ id: item.contact_id, ...selfLink(request, `/api/v4/contacts/${item.contact_id}`) }],
  companies: [],
})

const writtenView = (request: FastifyRequest, item: Unsorted) => ({
  uid: item.uid,
  pipeline_id: item.pipeline_id,
  category: item.category,
  account_id: accountId,
  _embedded: linksOf(request, item),
})

const unsortedView = (request: FastifyRequest, item: Unsorted) => ({
  uid: item.uid,
  source_uid: item.source_uid,
  source_name: item.source_name,
  category: item.category,
  pipeline_id: item.pipeline_id,
  created_at: item.created_at,
  metadata: item.metadata,
  account_id: accountId,
  ...selfLink(request, `/api/v4/leads/unsorted/${item.uid}`),
  _embedded: linksOf(request, item),
})
