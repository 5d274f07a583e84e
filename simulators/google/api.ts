import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addCalendarRoutes } from './calendar-routes.ts'
import { addChannelRoutes, type Pushes } from './channels.ts'
import { envelope, errorForStatus, GoogleError, notFound, parseError, sendJson } from './errors.ts'
import { addConsent } from './consent.ts'
import { addEventRoutes } from './event-routes.ts'
import { addTokenRoute, checkAccess } from './oauth.ts'
import { type OAuthClient } from './oauth-client.ts'
import type { Google } from './world.ts'

/** The outside side of the simulator: `/token` and `/calendar/v3`, with their request journal and Google's errors. */
export function addGoogleApi(
  app: FastifyInstance,
  google: Google,
  client: OAuthClient,
  pushes: Pushes,
): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(String(text)))
    } catch {
      done(Object.assign(new Error('The body is not JSON'), { statusCode: 400 }))
    }
  })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, new URLSearchParams(String(text))),
  )

  app.addHook('onRequest', (request, reply, done) => {
    if (isOutside(request)) journalOnce(google, request, reply)
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    request.answered?.(request.fault?.close ? 0 : reply.statusCode)
    done(null, faultAnswer(request, reply) ?? payload)
  })
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(google, error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    google.journal.add('unexpected', { method: request.method, path: pathOf(request) })
    return sendJson(reply, envelope(notFound()), 404)
  })

  addTokenRoute(app, google, client)
  addConsent(app, google, client)
  void app.register(
    (api, _options, done) => {
      api.addHook('onRequest', (request, _reply, next) => {
        checkAccess(google, client, request)
        next()
      })
      addCalendarRoutes(api, google)
      addEventRoutes(api, google)
      addChannelRoutes(api, google, pushes)
      done()
    },
    { prefix: '/calendar/v3' },
  )
}

const pathOf = (request: FastifyRequest) => request.url.split('?')[0]!

const isOutside = (request: FastifyRequest) => !/^\/($|_sim\/|page\/)/.test(pathOf(request))

/** One entry for each request, at its answer or when the connection is gone; `status` 0 means: never answered. */
function journalOnce({ journal }: Google, request: FastifyRequest, reply: FastifyReply): void {
  let isWritten = false
  const write = (status: number) => {
    if (!isWritten) journal.add('request', { method: request.method, path: pathOf(request), status })
    isWritten = true
  }
  request.answered = write
  reply.raw.once('close', () => write(0))
}

declare module 'fastify' {
  interface FastifyRequest {
    answered?: (status: number) => void
  }
}

/** Google's usual words for a fault that names a status, and perhaps the reason as `error`. */
function faultAnswer(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const { fault } = request
  if (!fault?.status || fault.body !== undefined) return undefined
  reply.type('application/json; charset=UTF-8').removeHeader('content-length')
  const flat = { error: fault.error ?? (fault.status < 500 ? 'invalid_grant' : 'internal_failure') }
  const isToken = pathOf(request) === '/token'
  return JSON.stringify(isToken ? flat : envelope(errorForStatus(fault.status, fault.error)), null, 1)
}

function answerError({ journal }: Google, error: Error, request: FastifyRequest, reply: FastifyReply) {
  if (!isOutside(request)) {
    const status = (error as FastifyError).statusCode ?? 500
    const problem = { type: 'about:blank', title: error.message, status }
    return reply.code(status).type('application/problem+json').send(problem)
  }
  const known = error instanceof GoogleError ? error : undefined
  const status = (error as FastifyError).statusCode ?? 500
  if (!known && status >= 500) journal.add('unexpected', { path: pathOf(request), error: error.message })
  const google = known ?? (status === 400 ? parseError() : errorForStatus(status))
  const { code } = google.details
  if (code === 401)
    reply.header('www-authenticate', 'Bearer realm="https://accounts.google.com/", error="invalid_token"')
  return sendJson(reply, envelope(google), code)
}
