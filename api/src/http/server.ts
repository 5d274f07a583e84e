import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { App } from '../app.ts'
import { type FieldError, Problem, type ProblemCode, problemBody, problems } from './problems.ts'
import { addAmocrmAccount } from './routes/amocrm-account.ts'
import { addAmocrmUpdate } from './routes/amocrm-update.ts'
import { addBookings } from './routes/bookings.ts'
import { addCalendar } from './routes/calendar.ts'
import { addChatHooks } from './routes/chat-hooks.ts'
import { addConversation } from './routes/conversation.ts'
import { addHealth } from './routes/health.ts'
import { addHooks } from './routes/hooks.ts'
import { addLeadControl } from './routes/lead-control.ts'
import { addOutbox } from './routes/outbox.ts'
import { addTelegramUserbot } from './routes/telegram-userbot.ts'
import { addTurns } from './routes/turns.ts'
import { addSafeHeaders } from './safe-headers.ts'
import { requireToken, requireTokenOfPerson } from './token.ts'

export type Server = ReturnType<typeof makeFastify>

const makeFastify = (app: App) =>
  fastify({
    loggerInstance: app.log,
    bodyLimit: 1_048_576,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true },
  })
    .withTypeProvider<ZodTypeProvider>()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler)

/** The API server with all its routes, not yet listening. */
export async function createServer(app: App): Promise<Server> {
  const server = makeFastify(app)
  await server.register(swagger, {
    openapi: {
      info: {
        title: 'Lead Processing API',
        version: '0.1.0',
        description: 'Channels, turns and bookings of the Lead Processing System',
      },
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'API_TOKEN' } },
      },
    },
    transform: jsonSchemaTransform,
  })
  addSafeHeaders(server as unknown as FastifyInstance)
  answerInProblems(server as unknown as FastifyInstance)
  await server.register(async (scope) => addDescription(scope as unknown as Server, app))

  // Its own scope: hooks come as raw bytes, everything else as JSON.
  await server.register(async (scope) => {
    addHooks(scope as unknown as Server, app)
    addChatHooks(scope as unknown as Server, app)
  })
  addHealth(server, app)
  await server.register(async (scope) => {
    const guarded = scope as unknown as Server
    guarded.addHook('onRequest', async (request) => requireToken(request, app.config.apiToken))
    addTelegramUserbot(guarded, app)
    addAmocrmUpdate(guarded, app)
    addAmocrmAccount(guarded, app)
    addConversation(guarded, app)
    addBookings(guarded, app)
    addCalendar(guarded, app)
    addLeadControl(guarded, app)
    addOutbox(guarded, app)
    addTurns(guarded, app)
  })
  return server
}

/** What the API can do, to read and for programs. In production only for who has the token. */
async function addDescription(server: Server, app: App): Promise<void> {
  if (app.config.production)
    server.addHook('onRequest', async (request, reply) =>
      requireTokenOfPerson(request, reply, app.config.apiToken),
    )
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger())
}

function answerInProblems(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) => {
    // Not the whole path: it may hold the secret of a hook.
    const place = request.url.split('?')[0]!.split('/').slice(0, 2).join('/')
    const detail = `There is no ${request.method} at this address under ${place}; see /docs`
    return reply
      .code(404)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody('not-found', detail)))
  })
  server.setErrorHandler((error, request, reply) => {
    const { code, detail, errors } = describe(error)
    if (code === 'internal')
      request.log.error({ err: error, route: request.routeOptions.url }, 'A request failed')
    return reply
      .code(problems[code].status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(code, detail, errors)))
  })
}

function describe(error: unknown): { code: ProblemCode; detail: string; errors?: FieldError[] } {
  if (error instanceof Problem) return { code: error.code, detail: error.message, errors: error.errors }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      field: issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || '(body)',
      detail: issue.message ?? 'is not valid',
    }))
    return { code: 'invalid-request', detail: `${errors.length} field(s) are not valid`, errors }
  }
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { code: 'unsupported-media-type', detail: message ?? '' }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'too-large', detail: message ?? '' }
  if (statusCode === 400) return { code: 'invalid-request', detail: message ?? 'The body is not valid JSON' }
  if (isDatabaseAway(error))
    return { code: 'unavailable', detail: 'The database is not available; try again' }
  return { code: 'internal', detail: 'The error was logged' }
}

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
])
const isDatabaseAway = (error: unknown) =>
  awayCodes.has((error as { code?: string }).code ?? '') ||
  /Connection terminated|timeout exceeded when trying to connect/.test((error as Error).message ?? '')
