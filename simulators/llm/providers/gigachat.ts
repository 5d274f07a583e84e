import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../../shared/control.ts'
import type { Journal } from '../../shared/journal.ts'
import { chatSchema, lateSystem, relay } from './relay.ts'

const lifeMs = 30 * 60_000
const scopes = ['GIGACHAT_API_PERS', 'GIGACHAT_API_B2B', 'GIGACHAT_API_CORP']
const models = ['GigaChat', 'GigaChat-2', 'GigaChat-2-Pro', 'GigaChat-2-Max']
/** What the reference of POST /chat/completions names; nothing else is taken here. */
const documented = new Set([
  'model',
  'messages',
  'function_call',
  'functions',
  'temperature',
  'top_p',
  'n',
  'stream',
  'max_tokens',
  'repetition_penalty',
  'update_interval',
])
const roles = ['system', 'user', 'assistant', 'function']
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const quarter = (text: string) => Math.ceil(text.length / 4)

/**
 * GigaChat, strict: POST /gigachat/api/v2/oauth gives a token of 30 minutes for Basic auth, a RqUID and a scope; POST
 * /gigachat/api/v1/chat/completions takes that token and the documented fields only. POST /_sim/gigachat {"expire": true} ends all tokens.
 */
export function addGigachat(app: FastifyInstance, journal: Journal): void {
  const tokens = new Map<string, number>()
  /** The last system prompt of each session: its tokens need not be read again. */
  const sessions = new Map<string, string>()

  void app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_r, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    scope.post('/gigachat/api/v2/oauth', async (request, reply) => {
      const refuse = (status: number, code: number, message: string) => {
        journal.add('gigachat-token', { status, message })
        return reply.code(status).send({ code, message })
      }
      if (!uuid4.test(String(request.headers['rquid'] ?? '')))
        return refuse(400, 3, 'Missing or malformed RqUID header: a UUID of version 4 is needed')
      const basic = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
      if (!basic || !Buffer.from(basic, 'base64').toString().includes(':'))
        return refuse(401, 4, "Can't decode 'Authorization' header")
      const form = z.object({ scope: z.string() }).safeParse(request.body)
      if (!form.success) return refuse(400, 5, 'scope is empty')
      if (!scopes.includes(form.data.scope))
        return refuse(400, 7, 'scope from db not fully includes consumed scope')
      const token = `sim-${randomUUID()}`
      const expires = Date.now() + lifeMs
      tokens.set(token, expires)
      journal.add('gigachat-token', { status: 200, scope: form.data.scope })
      return reply.send({ access_token: token, expires_at: expires })
    })
  })

  const whyNot = (request: FastifyRequest): string | null => {
    const token = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const expires = tokens.get(token)
    if (expires === undefined) return 'Unauthorized'
    return expires <= Date.now() ? 'Token has expired' : null
  }

  app.get('/gigachat/api/v1/models', (request, reply) => {
    const message = whyNot(request)
    if (message) return reply.code(401).send({ status: 401, message })
    return { object: 'list', data: models.map((id) => ({ id, object: 'model', owned_by: 'salutedevices' })) }
  })

  app.post('/gigachat/api/v1/chat/completions', async (request, reply) => {
    const refuse = (status: number, message: string) => {
      journal.add('gigachat', { status, message })
      return reply.code(status).send({ status, message })
    }
    const wrong = whyNot(request)
    if (wrong) return refuse(401, wrong)
    const parsed = chatSchema.safeParse(request.body)
    if (!parsed.success) return refuse(422, `Invalid params: ${parsed.error.issues[0]?.path.join('.')}`)
    const { data: body } = parsed
    const unknown = Object.keys(body).find((name) => !documented.has(name))
    if (unknown) return refuse(422, `Invalid params: unknown field ${unknown}`)
    if (body.messages.some(({ role }) => !roles.includes(role)))
      return refuse(422, 'Invalid params: messages.role must be one of system, user, assistant, function')
    if (body.messages.some(({ content }) => typeof content !== 'string'))
      return refuse(422, 'Invalid params: messages.content must be a string')
    if (lateSystem(body)) return refuse(422, 'system message must be the first message')
    if (!models.includes(body.model)) return refuse(404, 'No such model')
    const given = await relay(app, body)
    if (!('answer' in given)) return refuse(given.status, 'Internal Server Error')
    const { choices, usage } = given.answer
    const session = String(request.headers['x-session-id'] ?? '')
    const system = String(body.messages.find(({ role }) => role === 'system')?.content ?? '')
    const cached = session && sessions.get(session) === system ? quarter(system) : 0
    if (session) sessions.set(session, system)
    const [choice] = choices
    journal.add('gigachat', { status: 200, session, cached })
    return reply.send({
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: choice?.message.content ?? '' },
          // What must not be talked about ends so, with words of the service.
          finish_reason:
            choice?.message.content === null || choice?.message.content === undefined
              ? 'blacklist'
              : choice.finish_reason,
        },
      ],
      created: Math.floor(Date.now() / 1000),
      model: `${body.model}:2.0.28.2`,
      object: 'chat.completion',
      usage: {
        prompt_tokens: usage.prompt_tokens,
        completion_tokens: usage.completion_tokens,
        precached_prompt_tokens: cached,
        total_tokens: usage.prompt_tokens + usage.completion_tokens - cached,
      },
    })
  })

  app.post('/_sim/gigachat', (request, reply) => {
    const parsed = parseControl(z.strictObject({ expire: z.literal(true) }), request, reply)
    if (!parsed) return reply
    for (const token of tokens.keys()) tokens.set(token, 0)
    return { expired: tokens.size }
  })
}
