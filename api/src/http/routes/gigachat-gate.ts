import type { FastifyRequest } from 'fastify'
import type { App } from '../../app.ts'
import { createGigachat } from '../../models/gigachat/client.ts'
import { gigachatGateKey, gigachatGatePath } from '../../secrets/gigachat-gate.ts'
import { parseJson } from '../../text/parse-json.ts'
import { Problem } from '../problems.ts'
import { rawBody } from '../raw-body.ts'
import { sameText } from '../same-text.ts'
import type { Server } from '../server-type.ts'
import type { WrongSecrets } from '../wrong-secrets.ts'

/** GigaChat as OpenAI's API, for n8n's OpenAI credential: its token of 30 minutes is fetched and renewed here and never leaves. */
export function addGigachatGate(server: Server, app: App, wrongSecrets: WrongSecrets): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const { gigachat: settings } = app.config
  const gigachat = settings && createGigachat(settings, app)
  const key = gigachatGateKey(app.config.apiToken)

  const enter = (request: FastifyRequest) => {
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!sameText(given, key))
      wrongSecrets.refuse(request.ip, 'gigachat', 'unauthorized', 'Not the key of n8n')
    if (!gigachat) throw new Problem('conflict', 'GigaChat is not set: GIGACHAT_AUTH_KEY is empty')
    return gigachat
  }

  server.post(
    `${gigachatGatePath}/chat/completions`,
    { schema: { summary: "GigaChat's chat completions as OpenAI has them; for n8n" } },
    async (request, reply) => {
      const { status, body } = await enter(request).chat(parseJson(rawBody(request)?.toString('utf8') ?? ''))
      return reply.code(status).type('application/json').send(JSON.stringify(body))
    },
  )
  server.get(
    `${gigachatGatePath}/models`,
    { schema: { summary: "GigaChat's models; for n8n" } },
    async (request, reply) => {
      const { status, body } = await enter(request).models()
      return reply.code(status).type('application/json').send(JSON.stringify(body))
    },
  )
}
