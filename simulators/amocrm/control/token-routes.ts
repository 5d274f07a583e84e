import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Amocrm } from '../amocrm.ts'
import { clockNow } from '../clock.ts'
import { tellDisabled } from '../oauth/tell-disabled.ts'
import { accountId } from '../seed.ts'
import { issueCode, issuePair, longLivedToken } from '../oauth/tokens.ts'

const grantSchema = z.strictObject({ clientId: z.string().min(1), redirectUri: z.string().min(1) })
const settingsSchema = z.strictObject({
  accessLife: z.int().min(1).optional(),
  refreshLife: z.int().min(1).optional(),
  refuseAll: z.boolean().optional(),
})

const revokeSchema = z.strictObject({
  notify: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
    })
    .optional(),
})

/** Control of tokens and of the simulator's clock. */
export function addTokenControl(app: FastifyInstance, amo: Amocrm): void {
  const { world } = amo

  app.post('/_sim/tokens/code', (request, reply) => {
    const grant = parseControl(grantSchema, request, reply)
    return grant ? { code: issueCode(amo, grant), referer: request.host } : reply
  })
  app.post('/_sim/tokens/pair', (request, reply) => {
    const grant = parseControl(grantSchema, request, reply)
    return grant ? issuePair(amo, grant, request.host) : reply
  })
  app.post('/_sim/tokens/long-lived', (request, reply) => {
    const schema = z.strictObject({
      days: z.number(),
      accountId: z.int().default(accountId),
      domain: z.string().default('127.0.0.1'),
    })
    const body = parseControl(schema, request, reply)
    if (!body) return reply
    return { token: longLivedToken({ ...body, endsAt: clockNow(world) + body.days * 86_400_000 }) }
  })
  app.post('/_sim/tokens/settings', (request, reply) => {
    const body = parseControl(settingsSchema, request, reply)
    if (!body) return reply
    Object.assign(world.oauth, body)
    amo.changed()
    const { accessLife, refreshLife, refuseAll } = world.oauth
    return { accessLife, refreshLife, refuseAll }
  })
  /** All access tokens end now, in the middle of a run; their refresh tokens stay good. */
  app.post('/_sim/tokens/expire', (_request, reply) => {
    for (const token of world.oauth.access) token.expires = clockNow(world)
    amo.changed()
    return reply.code(204).send()
  })
  /** As when an admin switches the integration off: nothing that was given out is good any more, and `notify` is told. */
  app.post('/_sim/tokens/revoke', async (request, reply) => {
    const body = parseControl(revokeSchema, request, reply)
    if (!body) return reply
    for (const token of world.oauth.access) token.expires = clockNow(world)
    for (const token of world.oauth.refresh) token.state = 'revoked'
    amo.changed()
    if (body.notify) await tellDisabled(amo, body.notify)
    return reply.code(204).send()
  })

  app.post('/_sim/clock', (request, reply) => {
    const body = parseControl(z.strictObject({ aheadSeconds: z.int().min(0) }), request, reply)
    if (!body) return reply
    world.clockAhead = body.aheadSeconds * 1000
    amo.hooks.reschedule()
    amo.changed()
    return { aheadSeconds: body.aheadSeconds, now: new Date(clockNow(world)).toISOString() }
  })
}
