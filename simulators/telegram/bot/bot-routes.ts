import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../world/world.ts'
import { botOfToken } from './bot.ts'
import type { BotMethod } from './bot-call.ts'
import { BotFailure, failureByName } from './bot-failure.ts'
import type { BotUpdates } from './bot-updates.ts'
import { messageMethods } from './message-methods.ts'
import { updateMethods } from './update-methods.ts'

type Route = { Params: { token: string; method: string }; Querystring: Record<string, unknown> }

const methods = new Map<string, { name: string; run: BotMethod }>(
  Object.entries({ ...updateMethods, ...messageMethods }).map(([name, run]) => [
    name.toLowerCase(),
    { name, run },
  ]),
)

/** The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function addBotRoutes(app: FastifyInstance, world: World, updates: BotUpdates): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    scope.setErrorHandler((error, _request, reply) => refuse(reply, error))

    scope.route<Route>({
      method: ['GET', 'POST'],
      url: '/bot:token/:method',
      handler: async (request, reply) => {
        try {
          return await reply.send({ ok: true, result: await answer(world, updates, request) })
        } catch (error) {
          return refuse(reply, error)
        }
      },
    })

    scope.get<{ Params: { token: string; id: string } }>('/file/bot:token/files/:id', (request, reply) => {
      const content = botOfToken(world, request.params.token) && world.live.files.get(request.params.id)
      if (!content) return refuse(reply, new BotFailure(404, 'Not Found'))
      return reply.type('application/octet-stream').send(Buffer.from(content))
    })
  })
}

async function answer(world: World, updates: BotUpdates, request: FastifyRequest<Route>): Promise<unknown> {
  const bot = botOfToken(world, request.params.token)
  if (!bot || bot.loggedOut) throw new BotFailure(bot ? 400 : 401, bot ? 'Logged out' : 'Unauthorized')
  const method = methods.get(request.params.method.toLowerCase())
  const params = { ...request.query, ...(request.body as Record<string, unknown> | undefined) }
  if (!method) {
    world.journal.add('unexpected', { botId: bot.id, method: request.params.method })
    throw new BotFailure(404, 'Not Found: method not found')
  }
  const fault = world.faults.take({
    kind: 'botMethod',
    method: method.name,
    botId: bot.id,
    chatId: params['chat_id'],
  })
  if (fault) world.journal.add('fault', { botId: bot.id, method: method.name, ...fault })
  // Everything else a fault can do to a request is done by the routes that all simulators share.
  if (fault && !request.fault) request.fault = fault
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  if (fault?.error) throw failureByName(fault.error)
  if (fault?.drop) {
    request.raw.socket.destroy()
    return true
  }
  return method.run({ world, updates, bot, params })
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  const known = error instanceof BotFailure ? error : new BotFailure(400, 'Bad Request: can not be parsed')
  if (!(error instanceof BotFailure) && !(error as { statusCode?: number }).statusCode) throw error
  return reply.code(known.code).send({
    ok: false,
    error_code: known.code,
    description: known.message,
    ...(known.retryAfterSec === undefined ? {} : { parameters: { retry_after: known.retryAfterSec } }),
  })
}
