import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { LoginBook } from '../rpc/login-book.ts'
import { reportedLimits } from '../world/limits.ts'
import { newAccount } from '../world/account.ts'
import { type Centers, firstCenter } from '../world/centers.ts'
import { type World, findAccount, nowOf } from '../world/world.ts'
import { phoneSchema, usernameSchema } from './people-routes.ts'
import { problem } from './problem.ts'

export type AccountContext = {
  world: World
  logins: LoginBook
  /** Where the MTProto server listens. */
  host: string
  port: number
  publicKey: string
  centers: Centers
  /** Cuts all connections of clients. */
  disconnect: () => void
}

const accountSchema = z.strictObject({
  id: z.int().optional(),
  firstName: z.string().trim().min(1).max(64).optional(),
  lastName: z.string().trim().max(64).optional(),
  username: usernameSchema.optional(),
  phone: phoneSchema.optional(),
  loginCode: z
    .string()
    .regex(/^\d{5,6}$/, 'must be 5 or 6 digits')
    .optional(),
  /** Two-step verification; null switches it off. */
  password: z.string().min(1).max(128).nullable().optional(),
  /** It may only read. */
  frozen: z.boolean().optional(),
  /** Its data centre. */
  dcId: z.int().optional(),
  /** It has Telegram Premium. */
  premium: z.boolean().optional(),
  /** Until then strangers may not be written to; null: they may. */
  limitedUntil: z.iso.datetime().nullable().optional(),
  /** Ids of the people in the address book. */
  contacts: z.array(z.int()).optional(),
})
const limitsSchema = z.strictObject({ limits: z.enum(['reported', 'none']) })
const clockSchema = z.strictObject({ passMs: z.int().min(0) })

const qrSchema = z
  .strictObject({ url: z.string().optional(), token: z.string().optional(), accountId: z.int().optional() })
  .transform(({ url, token, ...rest }) => ({
    ...rest,
    token: token ?? /[?&]token=([\w-]+)/.exec(url ?? '')?.[1],
  }))
  .refine((input) => input.token, { path: ['url'], message: 'must be a tg://login?token=... address' })

/** What a client needs to know of the server, the seller accounts, and the phone that accepts QR logins. */
export function addAccountRoutes(app: FastifyInstance, context: AccountContext): void {
  const { world, logins } = context
  const { state } = world

  app.get('/_sim/server', (request) => {
    const everywhere = context.host === '0.0.0.0' || context.host === '::'
    return {
      host: everywhere ? request.hostname : context.host,
      port: context.port,
      dcId: firstCenter,
      publicKey: context.publicKey,
      accounts: state.accounts.map(({ id, firstName, phone, loginCode, password }) => ({
        id,
        firstName,
        phone,
        loginCode,
        ...(password ? { password } : {}),
      })),
    }
  })

  app.post('/_sim/limits', (request, reply) => {
    const input = parseControl(limitsSchema, request, reply)
    if (!input) return reply
    world.limits = input.limits === 'none' ? null : reportedLimits
    return input
  })

  app.post('/_sim/accounts', (request, reply) => {
    const input = parseControl(accountSchema, request, reply)
    if (!input) return reply
    const { id, password, limitedUntil, ...rest } = input
    if (rest.dcId !== undefined && !context.centers.has(rest.dcId))
      return problem(reply, 404, 'There is no such data centre', 'dcId')
    const known = id === undefined ? undefined : findAccount(world, id)
    if (id !== undefined && !known) return problem(reply, 404, 'No such account', 'id')
    const samePhone = [...state.accounts, ...state.people].some(
      (one) => one !== known && one.phone === rest.phone,
    )
    if (rest.phone && samePhone) return problem(reply, 409, 'Somebody has this phone already', 'phone')

    const account = known ?? newAccount(state.nextAccountId, defaultsFor(state.nextAccountId))
    if (!known) {
      state.nextAccountId += 1
      state.accounts.push(account)
    }
    Object.assign(account, rest)
    if (password) account.password = password
    if (password === null) delete account.password
    if (limitedUntil) account.limitedUntil = limitedUntil
    if (limitedUntil === null) delete account.limitedUntil
    world.changed()
    return reply.code(known ? 200 : 201).send({ id: account.id, phone: account.phone })
  })

  app.delete<{ Params: { id: string } }>('/_sim/accounts/:id/sessions', (request, reply) => {
    const account = findAccount(world, Number(request.params.id))
    if (!account) return problem(reply, 404, 'No such account')
    for (const key of Object.values(state.authKeys)) if (key.accountId === account.id) delete key.accountId
    world.changed()
    world.journal.add('login', { accountId: account.id, step: 'all sessions ended' })
    return reply.code(204).send()
  })

  app.post('/_sim/qr', (request, reply) => {
    const input = parseControl(qrSchema, request, reply)
    if (!input) return reply
    const record = logins.qrTokens.get(input.token ?? '')
    if (!record || record.expiresAt < Date.now()) return problem(reply, 404, 'No such login token', 'token')
    const account = input.accountId === undefined ? state.accounts[0] : findAccount(world, input.accountId)
    if (!account) return problem(reply, 404, 'No such account', 'accountId')
    record.acceptedBy = account.id
    const date = Math.floor(Date.now() / 1000)
    for (const outlet of world.live.outlets)
      if (outlet.authKeyId === record.authKeyId && outlet.wantsUpdates)
        outlet.send({ _: 'updateShort', update: { _: 'updateLoginToken' }, date })
    return reply.code(204).send()
  })

  app.post('/_sim/clock', (request, reply) => {
    const input = parseControl(clockSchema, request, reply)
    if (!input) return reply
    world.live.aheadMs += input.passMs
    return reply.send({ now: new Date(nowOf(world)).toISOString() })
  })

  app.post('/_sim/disconnect', (_request, reply) => {
    context.disconnect()
    return reply.code(204).send()
  })
}

const defaultsFor = (id: number) => ({
  firstName: 'Sales',
  phone: `+7999${String(id).slice(-7)}`,
  loginCode: '12345',
})
