import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/pool.ts'
import { queueMessage } from '../../outbox/queue-message.ts'
import { sendTurnMessage } from '../../turns/turn-effects.ts'
import type { Login } from '../../telegram/messenger.ts'
import { leadOr404 } from '../find-or-404.ts'
import { Problem } from '../problems.ts'
import { plainText } from '../plain-text.ts'
import type { Server } from '../server.ts'
import { leaseSchema } from './turns.ts'

const action = <Name extends string>(name: Name) => z.object({ action: z.literal(name) })

const bodySchema = z.discriminatedUnion('action', [
  action('status'),
  action('start'),
  action('stop'),
  action('logout'),
  action('login_phone').extend({
    phone: z
      .string()
      .regex(/^\+\d{7,15}$/, 'must look like +79991234567')
      .optional(),
  }),
  action('login_code').extend({ code: z.string().regex(/^\d{3,8}$/, 'must be the digits of the code') }),
  action('login_password').extend({ password: z.string().min(1).max(200) }),
  /** By n8n: `turnId` and `lease`, the text is the journaled one. By people: `leadId` and `text`. */
  action('send').extend({
    turnId: leaseSchema.shape.turnId.optional(),
    lease: leaseSchema.shape.lease.optional(),
    leadId: z.number().int().positive().optional(),
    text: plainText(4000).optional(),
    idempotencyKey: z.string().min(1).max(100).optional(),
  }),
])

const statusSchema = z.object({
  account: z.string(),
  state: z.string(),
  detail: z.string().nullable(),
  phone: z.string().nullable(),
  userId: z.number().nullable(),
})
const queuedSchema = z.object({ outcome: z.enum(['queued', 'superseded']), outboxIds: z.array(z.number()) })

export function addTelegramUserbot(server: Server, app: App): void {
  server.post(
    '/telegram/userbot',
    {
      schema: {
        summary: 'Controls the seller account in Telegram',
        security: [{ token: [] }],
        body: bodySchema,
        response: { 200: statusSchema, 202: queuedSchema },
      },
    },
    async (request, reply) => {
      const { body } = request
      if (body.action === 'send') return reply.code(202).send(await send(app, body))
      switch (body.action) {
        case 'start':
          await app.telegram.start()
          break
        case 'stop':
          await app.telegram.stop()
          break
        case 'logout':
          await loginOf(app).logout()
          break
        case 'login_phone':
          await loginOf(app).phone(phoneOf(app, body.phone))
          break
        case 'login_code':
          await loginOf(app).code(body.code)
          break
        case 'login_password':
          await loginOf(app).password(body.password)
          break
        case 'status':
          break
      }
      return reply.code(200).send(await app.telegram.status())
    },
  )
}

function loginOf(app: App): Login {
  if (app.telegram.login) return app.telegram.login
  throw new Problem('conflict', 'This account needs no login: it has a token')
}

function phoneOf(app: App, given: string | undefined): string {
  const phone = given ?? app.config.telegram.phone
  if (phone) return phone
  throw new Problem('invalid-request', 'phone is needed', [
    { field: 'phone', detail: 'is needed, because TELEGRAM_PHONE is not set' },
  ])
}

async function send(
  app: App,
  body: Extract<z.infer<typeof bodySchema>, { action: 'send' }>,
): Promise<z.infer<typeof queuedSchema>> {
  if (body.turnId !== undefined && body.lease !== undefined) {
    const answer = await sendTurnMessage(app, { turnId: body.turnId, lease: body.lease })
    return answer.outcome === 'queued' ? answer : { outcome: 'superseded', outboxIds: [] }
  }
  const { leadId, text } = body
  if (leadId === undefined || text === undefined) {
    const missing = leadId === undefined ? 'leadId' : 'text'
    throw new Problem('invalid-request', `${missing} is needed`, [
      { field: missing, detail: 'is needed without turnId and lease' },
    ])
  }
  const lead = await leadOr404(app.db, leadId)
  if (lead.opted_out_at) throw new Problem('conflict', `Lead ${leadId} asked not to be written to`)
  const queued = await inTransaction(app.db, (tx) =>
    queueMessage(tx, {
      leadId,
      turnId: null,
      author: 'human',
      text,
      key: `api:send:${leadId}:${body.idempotencyKey ?? randomUUID()}`,
    }),
  )
  app.wake.up('telegram')
  return { outcome: 'queued', outboxIds: [queued.outboxId] }
}
