import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app.ts'
import { createGoogleTokens } from '../../calendar/google-token.ts'
import { googleTokenClient } from '../../secrets/google-token-client.ts'
import { Problem, problemBody } from '../problems.ts'
import { rawBody } from '../raw-body.ts'
import { sameText } from '../same-text.ts'
import type { Server } from '../server-type.ts'
import type { WrongSecrets } from '../wrong-secrets.ts'

/**
 * An OAuth token endpoint for n8n's Google credential, as RFC 6749 has it, while a service account is used: the private key stays here,
 * n8n gets access tokens only.
 */
export function addGoogleToken(server: Server, app: App, wrongSecrets: WrongSecrets): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const { serviceAccount } = app.config.google
  const tokens = serviceAccount && createGoogleTokens(serviceAccount, app)
  const client = googleTokenClient(app.config.apiToken)

  server.post(
    '/google/token',
    {
      schema: { summary: "An access token of Google's service account, as an OAuth token endpoint gives it" },
    },
    async (request, reply) => {
      const form = new URLSearchParams(rawBody(request)?.toString('utf8') ?? '')
      const [id, secret] = clientOf(request, form)
      const isKnown = [sameText(id, client.GOOGLE_CLIENT_ID), sameText(secret, client.GOOGLE_CLIENT_SECRET)]
      if (isKnown.includes(false)) return refuseClient(request, reply, wrongSecrets)
      if (!tokens)
        throw new Problem('conflict', 'No service account is set: GOOGLE_SERVICE_ACCOUNT_FILE is empty')
      if (form.get('grant_type') !== 'refresh_token')
        return sendFault(
          reply,
          'invalid-request',
          'unsupported_grant_type',
          'grant_type must be refresh_token',
        )
      const answer = await tokens()
      if (!answer) throw new Problem('unavailable', "Google's token endpoint does not answer")
      return reply.code(answer.status).type('application/json').send(answer.text)
    },
  )
}

/** Client id and secret, in the form or as Basic auth. */
function clientOf({ headers }: FastifyRequest, form: URLSearchParams): [id: string, secret: string] {
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!encoded) return [form.get('client_id') ?? '', form.get('client_secret') ?? '']
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':')
  return [id, secret.join(':')]
}

/** @throws too-many-requests for somebody who guesses */
function refuseClient(request: FastifyRequest, reply: FastifyReply, wrongSecrets: WrongSecrets) {
  try {
    wrongSecrets.refuse(request.ip, 'google token', 'unauthorized', 'Not the client of n8n')
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unauthorized') throw error
    return sendFault(reply, 'unauthorized', 'invalid_client', error.message)
  }
}

/** A problem that also speaks OAuth: n8n reads `error`. */
function sendFault(
  reply: FastifyReply,
  code: 'unauthorized' | 'invalid-request',
  error: string,
  description: string,
) {
  const body = { ...problemBody(code, description), error, error_description: description }
  return reply.code(body.status).type('application/problem+json').send(JSON.stringify(body))
}
