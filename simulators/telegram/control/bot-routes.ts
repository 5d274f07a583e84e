import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import { type Bot, newBot } from '../bot/bot.ts'
import type { BotUpdates } from '../bot/bot-updates.ts'
import { type BusinessConnection, replyWindowMs, rightsSchema } from '../world/business-connection.ts'
import { connectionOf, toWireConnection } from '../bot/business-connection.ts'
import { setBlocked } from '../bot/set-blocked.ts'
import { wireBot } from '../bot/wire-message.ts'
import { addMessage } from '../world/messages.ts'
import type { Person } from '../world/state.ts'
import { type World, findPerson } from '../world/world.ts'
import { usernameSchema } from './people-routes.ts'
import { problem } from './problem.ts'

const botSchema = z.strictObject({
  firstName: z.string().trim().min(1).max(64),
  username: usernameSchema,
  token: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'must look like 123456:ABC...')
    .optional(),
  /** @BotFather > Business Mode > off. */
  withoutBusinessMode: z.boolean().optional(),
})

const linkSchema = z
  .string()
  .regex(/^(https?:\/\/)?(t\.me|telegram\.me)\/\w+(\?.*)?$/i, 'must be a https://t.me/<username> address')
  .transform((text) => new URL(/^https?:/i.test(text) ? text : `https://${text}`))

const startSchema = z.strictObject({
  botId: z.int().optional(),
  payload: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ and -')
    .optional(),
})
const openSchema = z.strictObject({ link: linkSchema })

const connectionSchema = z.strictObject({
  accountId: z.int().optional(),
  botId: z.int().optional(),
  enabled: z.boolean().default(true),
  rights: rightsSchema.prefault({}),
  replyWindowMs: z.int().min(0).default(replyWindowMs),
})

/** Bots, a person who presses Start or opens a link, and the owner who makes a bot their secretary. */
export function addBotControl(app: FastifyInstance, world: World, updates: BotUpdates): void {
  const { state } = world

  app.get('/_sim/bots', () => state.bots.map((bot) => ({ ...wireBot(bot), token: bot.token })))

  app.post('/_sim/bots', (request, reply) => {
    const input = parseControl(botSchema, request, reply)
    if (!input) return reply
    if (state.bots.some((bot) => bot.username.toLowerCase() === input.username.toLowerCase()))
      return problem(reply, 409, 'Some bot has this username already', 'username')
    const bot = newBot(Math.max(...state.bots.map(({ id }) => id), 0) + 1, input)
    state.bots.push(bot)
    world.changed()
    return reply.code(201).send({ ...wireBot(bot), token: bot.token })
  })

  app.post<{ Params: { id: string } }>('/_sim/people/:id/start', (request, reply) => {
    const person = findPerson(world, Number(request.params.id))
    if (!person) return problem(reply, 404, 'No such person', 'id')
    const input = parseControl(startSchema, request, reply)
    if (!input) return reply
    const bot = input.botId === undefined ? state.bots[0] : state.bots.find(({ id }) => id === input.botId)
    if (!bot) return problem(reply, 404, 'No such bot', 'botId')
    return reply.code(201).send(pressStart(bot, person, input.payload))
  })

  app.post<{ Params: { id: string } }>('/_sim/people/:id/open', (request, reply) => {
    const person = findPerson(world, Number(request.params.id))
    if (!person) return problem(reply, 404, 'No such person', 'id')
    const input = parseControl(openSchema, request, reply)
    if (!input) return reply
    const username = input.link.pathname.slice(1).toLowerCase()
    const bot = state.bots.find((one) => one.username.toLowerCase() === username)
    if (bot) {
      const payload = input.link.searchParams.get('start') ?? undefined
      return reply.code(201).send({ ...pressStart(bot, person, payload), kind: 'bot' })
    }
    const account = state.accounts.find((one) => one.username?.toLowerCase() === username)
    if (!account) return problem(reply, 404, 'Nobody has this username', 'link')
    // Such a link only fills in what the person may then send.
    return reply.send({ accountId: account.id, draft: input.link.searchParams.get('text'), kind: 'account' })
  })

  /** Pressing Start writes `/start <payload>` and lifts a block. */
  function pressStart(bot: Bot, person: Person, payload: string | undefined) {
    setBlocked(world, updates, bot, person, false)
    const text = payload ? `/start ${payload}` : '/start'
    const { message } = addMessage(world, bot, person, { from: 'person', text })
    return { accountId: bot.id, messageId: message.id }
  }

  app.get('/_sim/business-connections', () =>
    state.businessConnections.map((one) => toWireConnection(world, one)),
  )

  app.post('/_sim/business-connections', (request, reply) => {
    const input = parseControl(connectionSchema, request, reply)
    if (!input) return reply
    const account =
      input.accountId === undefined
        ? state.accounts[0]
        : state.accounts.find(({ id }) => id === input.accountId)
    const bot = input.botId === undefined ? state.bots[0] : state.bots.find(({ id }) => id === input.botId)
    if (!account) return problem(reply, 404, 'No such account', 'accountId')
    if (!bot) return problem(reply, 404, 'No such bot', 'botId')
    const old = connectionOf(world, account)
    const connection: BusinessConnection = {
      // Whoever connects again gets a new id, as with the real service.
      id: old?.botId === bot.id && old.enabled ? old.id : randomBytes(9).toString('base64url'),
      botId: bot.id,
      accountId: account.id,
      rights: input.rights,
      enabled: input.enabled,
      connectedAt: new Date().toISOString(),
      replyWindowMs: input.replyWindowMs,
    }
    state.businessConnections = state.businessConnections.filter((one) => one !== old)
    state.businessConnections.push(connection)
    world.changed()
    const { id, enabled, rights } = connection
    world.journal.add('business-connection', { accountId: account.id, botId: bot.id, id, enabled, rights })
    const wire = toWireConnection(world, connection)
    updates.queue(bot, 'business_connection', wire, account.id)
    return reply.code(201).send(wire)
  })
}
