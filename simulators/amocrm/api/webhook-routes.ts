import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { nextId } from '../next-id.ts'
import { unixNow } from '../clock.ts'
import { accountId, integrationUserId } from '../seed.ts'
import type { Webhook } from '../world.ts'
import { readOne } from './body.ts'
import { sendPage } from './hal.ts'
import { Problem } from './problem.ts'
import { type Query, branch, oneOf } from './query.ts'

const perEntity = ['lead', 'contact', 'company', 'customer'].flatMap((entity) =>
  ['add', 'update', 'delete', 'restore', 'responsible', 'note'].map((action) => `${action}_${entity}`),
)
const settings = [
  ...perEntity,
  'status_lead',
  'add_task',
  'update_task',
  'delete_task',
  'responsible_task',
  'add_talk',
  'update_talk',
  'add_message',
  'add_chat_template_review',
]
const maxWebhooks = 100

const subscribeSchema = z.strictObject({
  destination: z.string(),
  settings: z.array(z.literal(settings)),
  sort: z.int().optional(),
})
const unsubscribeSchema = z.strictObject({ destination: z.string() })

/** `/webhooks`: subscribing a known destination again replaces its settings and enables it. */
export function addWebhookRoutes(app: FastifyInstance, amo: Amocrm): void {
  const { world } = amo

  app.get<{ Querystring: Query }>('/webhooks', (request, reply) => {
    const filter = branch(request.query, 'filter')
    const rows = world.webhooks.filter(
      (webhook) => !webhook.statusIds && oneOf(filter, 'destination', webhook.destination),
    )
    return sendPage(request, reply, 'webhooks', rows, webhookView, { _total_items: rows.length })
  })

  app.post('/webhooks', (request, reply) => {
    const body = readOne(subscribeSchema, request.body, (input) =>
      isWebAddress(input.destination)
        ? []
        : [{ code: 'InvalidValue', path: 'destination.destination', detail: 'Invalid URL' }],
    )
    if (world.webhooks.length >= maxWebhooks)
      throw new Problem(400, 'Bad Request', `An account can have ${maxWebhooks} webhooks`)
    const now = unixNow()
    const known = world.webhooks.find(
      (webhook) => !webhook.statusIds && webhook.destination === body.destination,
    )
    if (known?.refusesRenewal) throw new Problem(403, 'Forbidden', 'The webhook is blocked')
    const fresh = {
      settings: body.settings,
      sort: body.sort ?? known?.sort ?? world.webhooks.length + 1,
      disabled: false,
      updated_at: now,
      bad: [],
    }
    const webhook: Webhook = known ?? {
      id: nextId(world, 'webhook'),
      destination: body.destination,
      created_at: now,
      created_by: integrationUserId,
      ...fresh,
    }
    if (known) Object.assign(known, fresh)
    else world.webhooks.push(webhook)
    amo.changed()
    return reply.code(201).send(webhookView(webhook))
  })

  app.delete('/webhooks', (request, reply) => {
    const { destination } = readOne(unsubscribeSchema, request.body)
    const index = world.webhooks.findIndex(
      (webhook) => !webhook.statusIds && webhook.destination === destination,
    )
    if (index < 0) throw new Problem(404, 'Not Found', 'There is no webhook with this destination')
    world.webhooks.splice(index, 1)
    amo.changed()
    return reply.code(204).send()
  })
}

const isWebAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

const webhookView = ({ bad: _bad, statusIds: _statusIds, ...webhook }: Webhook) => ({
  ...webhook,
  account_id: accountId,
})
