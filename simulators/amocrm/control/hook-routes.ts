import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Amocrm } from '../amocrm.ts'
import { nextId } from '../next-id.ts'
import { unixNow } from '../clock.ts'

const styleSchema = z.strictObject({
  accountBlock: z.enum(['first', 'last']).optional(),
  unsortedAddLead: z.enum(['create', 'accept', 'never']).optional(),
})
const releaseSchema = z.strictObject({
  order: z.enum(['sent', 'reverse']).default('sent'),
  join: z.boolean().default(false),
})
const pipelineSchema = z.strictObject({
  destination: z.url({ protocol: /^https?$/ }),
  statusIds: z.array(z.int()).min(1),
})

const disableSchema = z.strictObject({
  destination: z.string().optional(),
  forGood: z.boolean().default(false),
})

/** Control of how and when hooks are sent. */
export function addHookControl(app: FastifyInstance, amo: Amocrm): void {
  const { world } = amo

  app.post('/_sim/hooks/style', (request, reply) => {
    const body = parseControl(styleSchema, request, reply)
    if (!body) return reply
    Object.assign(world.hookStyle, body)
    amo.changed()
    return world.hookStyle
  })

  /** The service switches a subscription off, as after too many bad answers. `forGood`: subscribing anew is refused. */
  app.post('/_sim/hooks/disable', (request, reply) => {
    const body = parseControl(disableSchema, request, reply)
    if (!body) return reply
    const found = world.webhooks.filter(
      ({ destination }) => body.destination === undefined || destination === body.destination,
    )
    for (const webhook of found) Object.assign(webhook, { disabled: true, refusesRenewal: body.forGood })
    amo.changed()
    return { disabled: found.length }
  })

  /** From now on hooks are kept back until they are released, so that their order and grouping can be chosen. */
  app.post('/_sim/hooks/hold', (_request, reply) => {
    world.isHolding = true
    amo.changed()
    return reply.code(204).send()
  })

  app.post('/_sim/hooks/release', async (request, reply) => {
    const body = parseControl(releaseSchema, request, reply)
    return body ? { released: await amo.hooks.release(body) } : reply
  })

  /** Somebody ticks "incoming lead" for an address that is subscribed, in the CRM's own page; the API has no word for it. */
  app.post('/_sim/hooks/incoming', (request, reply) => {
    const body = parseControl(z.strictObject({ destination: z.string() }), request, reply)
    if (!body) return reply
    const webhook = world.webhooks.find((one) => !one.statusIds && one.destination === body.destination)
    if (!webhook) return reply.code(404).send()
    webhook.settings = [...new Set([...webhook.settings, 'add_unsorted', 'delete_unsorted'])]
    amo.changed()
    return reply.code(204).send()
  })

  /** A hook as it is set up on a stage of the digital pipeline; setting the same address again replaces its stages. */
  app.post('/_sim/hooks/pipeline', (request, reply) => {
    const body = parseControl(pipelineSchema, request, reply)
    if (!body) return reply
    world.webhooks = world.webhooks.filter((one) => !one.statusIds || one.destination !== body.destination)
    const now = unixNow()
    world.webhooks.push({
      id: nextId(world, 'webhook'),
      ...body,
      settings: [],
      sort: 0,
      disabled: false,
      created_at: now,
      updated_at: now,
      created_by: 0,
      bad: [],
    })
    amo.changed()
    return reply.code(204).send()
  })
}
