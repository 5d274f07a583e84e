import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { LogController } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { App } from '../app.ts'
import { judgeDatabaseError } from '../database/judge-database-error.ts'
import { fieldOf } from '../text/field-of.ts'
import { errorText, NotStorable, storable } from '../text/storable.ts'
import { type Limits, limits as defaultLimits } from './limits.ts'
import { type FieldError, Problem, type ProblemCode, problemBody, problems } from './problems.ts'
import { addAmocrmAccount } from './routes/amocrm-account.ts'
import { addAmocrmUpdate } from './routes/amocrm-update.ts'
import { addMeetings } from './routes/meetings.ts'
import { addMetrics } from './routes/metrics.ts'
import { addCalendar } from './routes/calendar.ts'
import { addConsole } from './console/console.ts'
import { addConsoleOwner } from './routes/console-owner.ts'
import { addConsolePage } from './routes/console-page.ts'
import { addChatHooks } from './routes/chat-hooks.ts'
import { addConversation } from './routes/conversation.ts'
import { addGigachatGate } from './routes/gigachat-gate.ts'
import { addGoogleToken } from './routes/google-token.ts'
import { addHealth } from './routes/health.ts'
import { addHooks } from './routes/hooks.ts'
import { addInbox } from './routes/inbox.ts'
import { addKnowledge } from './routes/knowledge.ts'
import { addLeadControl } from './routes/lead-control.ts'
import { addManageTurns } from './routes/manage-turns.ts'
import { addN8nProcesses } from './routes/n8n-processes.ts'
import { addOutbox } from './routes/outbox.ts'
import { addRehearsals } from './routes/rehearsals.ts'
import { addPerson } from './routes/person.ts'
import { addTelegramUserbot } from './routes/telegram-userbot.ts'
import type { Server } from './server-type.ts'
import { addTurns } from './routes/turns.ts'
import { addSafeHeaders } from './safe-headers.ts'
import { requireToken, requireTokenOfPerson } from './token.ts'
import { countWrongSecrets, type WrongSecrets } from './wrong-secrets.ts'

const makeFastify = (app: App, limits: Limits) =>
  fastify({
    loggerInstance: app.log,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    // The proxy before us says where a request comes from; nobody on the internet can.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    keepAliveTimeout: limits.keepAliveMs,
    maxRequestsPerSocket: limits.requestsPerConnection,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkEveryMs },
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true },
  })
    .withTypeProvider<ZodTypeProvider>()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler)

/** The API server with all its routes, not yet listening. */
export async function createServer(app: App, limits: Limits = defaultLimits): Promise<Server> {
  const server = makeFastify(app, limits)
  server.server.maxConnections = limits.connections
  server.server.maxHeadersCount = limits.headers
  const wrongSecrets = countWrongSecrets(app.log)
  await server.register(swagger, {
    openapi: {
      info: {
        title: 'Lead Processing API',
        version: '0.1.0',
        description: 'Channels, turns and bookings of the Lead Processing System',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'API_TOKEN' },
          key: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A key of a person of the console, from POST /console/tokens: for a program of theirs',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'lead_session',
            description: 'The cookie of POST /console/login; with TLS its name is __Host-lead_session',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
  })
  addSafeHeaders(server)
  answerInProblems(server)
  makeStorable(server)
  await server.register(async (scope: Server) => addDescription(scope, app, wrongSecrets))

  // Its own scope: hooks come as raw bytes, everything else as JSON.
  await server.register(async (scope: Server) => {
    addHooks(scope, app, wrongSecrets)
    addChatHooks(scope, app, wrongSecrets)
  })
  await server.register(async (scope: Server) => addGoogleToken(scope, app, wrongSecrets))
  await server.register(async (scope: Server) => addGigachatGate(scope, app, wrongSecrets))
  addHealth(server, app)
  addConsolePage(server)
  await server.register(async (scope: Server) => addConsole(scope, app))
  await server.register(async (guarded: Server) => {
    guarded.addHook('onRequest', async (request) => requireToken(request, app.config.apiToken, wrongSecrets))
    addTelegramUserbot(guarded, app)
    addAmocrmUpdate(guarded, app)
    addAmocrmAccount(guarded, app)
    addConversation(guarded, app)
    addMeetings(guarded, app)
    addCalendar(guarded, app)
    addLeadControl(guarded, app)
    addOutbox(guarded, app)
    addInbox(guarded, app)
    addPerson(guarded, app)
    addKnowledge(guarded, app)
    addConsoleOwner(guarded, app)
    addManageTurns(guarded, app)
    addMetrics(guarded, app)
    addTurns(guarded, app)
    addN8nProcesses(guarded, app)
    addRehearsals(guarded, app)
  })
  return server
}

/** Before anything is looked at: whatever people and programs sent can be stored from here on. Raw bodies are read by `readJson`. */
function makeStorable(server: Server): void {
  server.addHook('preValidation', async (request) => {
    request.params = storable(request.params, 'refuse')
    request.query = storable(request.query, 'refuse')
    if (!Buffer.isBuffer(request.body)) request.body = storable(request.body, 'refuse')
  })
}

/** What the API can do, to read and for programs. In production only for who has the token. */
async function addDescription(server: Server, app: App, wrongSecrets: WrongSecrets): Promise<void> {
  if (app.config.production)
    server.addHook('onRequest', async (request, reply) =>
      requireTokenOfPerson(request, reply, app.config.apiToken, wrongSecrets),
    )
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger())
}

function answerInProblems(server: Server): void {
  server.setNotFoundHandler((request, reply) => {
    // Not the whole path: it may hold the secret of a hook.
    const [place = ''] = /^\/[^/?]*/.exec(request.url) ?? []
    const detail = `There is no ${request.method} at this address under ${place}; see /docs`
    return reply
      .code(404)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody('not-found', detail)))
  })
  server.setErrorHandler((error, request, reply) => {
    const { code, detail, errors, retryAfterSec } = describe(error)
    // The caller went away, or our own time limit ended the request: nothing of ours is broken, and nobody reads the answer.
    if (isCutOff(error) && !request.raw.complete)
      request.log.info({ route: request.routeOptions.url }, 'A request ended before its body did')
    else if (code === 'internal' || (!(error instanceof Problem) && judgeDatabaseError(error)))
      request.log.error({ err: error, route: request.routeOptions.url }, 'A request failed')
    if (retryAfterSec) reply.header('retry-after', retryAfterSec)
    return reply
      .code(problems[code].status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(code, detail, errors)))
  })
}

/** The connection's error has the same code whether it is the caller's or the database's. */
const isCutOff = (error: unknown) => fieldOf(error, 'code') === 'ECONNRESET'

type Described = {
  code: ProblemCode
  detail: string
  errors?: FieldError[] | undefined
  retryAfterSec?: number | undefined
}

/** A border should have refused what the database refuses: those are the last line, not the first. */
const refusedByDatabase = {
  away: { code: 'unavailable', detail: 'The database is not available; try again', retryAfterSec: 5 },
  unfit: { code: 'unprocessable', detail: 'A value is out of range or of the wrong form' },
  conflict: { code: 'conflict', detail: 'This does not fit what is stored' },
} as const

function describe(error: unknown): Described {
  if (error instanceof Problem) {
    const retryAfterSec = error.retryAfterSec ?? (error.code === 'unavailable' ? 5 : undefined)
    return { code: error.code, detail: error.message, errors: error.errors, retryAfterSec }
  }
  if (error instanceof NotStorable)
    return {
      code: 'invalid-request',
      detail: error.message,
      errors: [{ field: '(body)', detail: error.message }],
    }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      field: issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || '(body)',
      detail: issue.message ?? 'is not valid',
    }))
    return { code: 'invalid-request', detail: `${errors.length} field(s) are not valid`, errors }
  }
  const code = fieldOf(error, 'code')
  const statusCode = fieldOf(error, 'statusCode')
  const detail = errorText(error)
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { code: 'unsupported-media-type', detail }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'too-large', detail }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return { code: 'invalid-request', detail: detail || 'The request is not valid' }
  const judged = judgeDatabaseError(error)
  return judged ? refusedByDatabase[judged] : { code: 'internal', detail: 'The error was logged' }
}
