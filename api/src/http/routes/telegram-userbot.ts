import { queuedSchema, turnLeaseSchema } from '@lead/contract'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/pool.ts'
import { queueMessage } from '../../outbox/queue-message.ts'
import { sendTurnMessage } from '../../turns/turn-effects.ts'
import { setHalted } from '../../telegram/halt.ts'
import type { Login } from '../../telegram/messenger.ts'
import { leadOr404 } from '../find-or-404.ts'
import { Problem } from '../problems.ts'
import { plainText } from '../plain-text.ts'
import type { Server } from '../server-type.ts'

/** Of several accounts; without it the first one, `main`. */
const account = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}$/, 'must be small letters, digits, - and _')
  .optional()
const action = <Name extends string>(name: Name) => z.object({ action: z.literal(name), account })

const bodySchema = z.discriminatedUnion('action', [
  action('status'),
  action('start'),
  action('stop'),
  action('logout'),
  action('accounts'),
  action('check'),
  action('login_qr'),
  action('rotate_key'),
  action('halt').extend({ reason: plainText(500).optional() }),
  action('resume'),
  action('login_phone').extend({
    phone: z
      .string()
      .regex(/^\+\d{7,15}$/, 'must look like +79991234567')
      .optional(),
  }),
  action('login_code').extend({ code: z.string().regex(/^\d{3,8}$/, 'must be the digits of the code') }),
  action('login_password').extend({ password: z.string().min(1).max(200) }),
  /** By n8n: `turnId` and `fencing`, the text is the journaled one. By people: `leadId` and `text`. */
  action('send').extend({
    turnId: turnLeaseSchema.shape.turnId.optional(),
    fencing: turnLeaseSchema.shape.fencing.optional(),
    leadId: z.number().int().positive().optional(),
    text: plainText(4000).optional(),
    idempotencyKey: plainText(100).optional(),
  }),
])

const statusSchema = z.object({
  account: z.string(),
  state: z.string(),
  detail: z.string().nullable(),
  phone: z.string().nullable(),
  userId: z.number().nullable(),
  /** When a limit ends. */
  until: z.date().nullable(),
  /** For login_qr: what to show as a QR code. It changes every half minute; `status` has the newest. */
  qr: z.object({ url: z.string(), expiresAt: z.date() }).nullable(),
})
const accountsSchema = z.object({ accounts: z.array(statusSchema) })
const checkSchema = z.object({
  account: z.string(),
  state: z.string(),
  name: z.string().nullable(),
  username: z.string().nullable(),
  phone: z.string().nullable(),
  userId: z.number().nullable(),
  premium: z.boolean().nullable(),
  /** It is at least as old as this. */
  knownSince: z.date().nullable(),
  limits: z.array(
    z.object({ kind: z.string(), peerId: z.number().nullable(), until: z.date(), reason: z.string() }),
  ),
  sessions: z
    .array(
      z.object({
        device: z.string(),
        app: z.string(),
        country: z.string(),
        since: z.date(),
        activeAt: z.date(),
        isOurs: z.boolean(),
        isUnconfirmed: z.boolean(),
      }),
    )
    .nullable(),
  proxy: z.string().nullable(),
  bot: z
    .object({
      webhook: z
        .object({
          host: z.string(),
          pending: z.number(),
          lastError: z.string().nullable(),
          lastErrorAt: z.date().nullable(),
        })
        .nullable(),
      groupPrivacy: z.boolean(),
      businessMode: z.boolean(),
      commands: z.array(z.string()),
    })
    .nullable(),
  may: z.array(z.object({ what: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
  problems: z.array(z.object({ what: z.string(), fix: z.string() })),
})
const checksSchema = z.object({ checks: z.array(checkSchema) })
const haltedSchema = z.object({ halted: z.boolean() })
const rotatedSchema = z.object({ resealed: z.number() })

export function addTelegramUserbot(server: Server, app: App): void {
  server.post(
    '/telegram/userbot',
    {
      schema: {
        summary: 'Controls the seller account in Telegram',
        security: [{ token: [] }],
        body: bodySchema,
        response: {
          200: z.union([statusSchema, accountsSchema, checksSchema, haltedSchema, rotatedSchema]),
          202: queuedSchema,
        },
      },
    },
    async (request, reply) => {
      const { body } = request
      if (body.action === 'send') return reply.code(202).send(await send(app, body))
      switch (body.action) {
        case 'start':
          await app.telegram.start(body.account ?? 'main')
          break
        case 'stop':
          await app.telegram.stop(body.account)
          break
        case 'logout':
          await loginOf(app).logout(body.account)
          break
        case 'login_phone':
          await loginOf(app).phone(body.phone ?? null, body.account)
          break
        case 'login_code':
          await loginOf(app).code(body.code, body.account)
          break
        case 'login_password':
          await loginOf(app).password(body.password, body.account)
          break
        case 'login_qr':
          await loginOf(app).qr(body.account)
          break
        case 'rotate_key':
          return reply.code(200).send({ resealed: await loginOf(app).rotateKey() })
        case 'halt':
        case 'resume': {
          const halted = body.action === 'halt'
          const reason = body.action === 'halt' ? (body.reason ?? null) : null
          await setHalted(app.db, halted, { by: 'human', reason })
          app.wake.up('telegram')
          return reply.code(200).send({ halted })
        }
        case 'accounts':
          return reply.code(200).send({ accounts: await app.telegram.accounts() })
        case 'check':
          return reply.code(200).send({ checks: await app.telegram.check(body.account) })
        case 'status':
          break
      }
      return reply.code(200).send(await app.telegram.status(body.account))
    },
  )
}

function loginOf(app: App): Login {
  if (app.telegram.login) return app.telegram.login
  throw new Problem('conflict', 'This account needs no login: it has a token')
}

async function send(
  app: App,
  body: Extract<z.infer<typeof bodySchema>, { action: 'send' }>,
): Promise<z.infer<typeof queuedSchema>> {
  if (body.turnId !== undefined && body.fencing !== undefined) {
    const answer = await sendTurnMessage(app, { turnId: body.turnId, fencing: body.fencing })
    return answer.outcome === 'queued' ? answer : { outcome: 'superseded', outboxIds: [] }
  }
  const { leadId, text } = body
  if (leadId === undefined || text === undefined) {
    const missing = leadId === undefined ? 'leadId' : 'text'
    throw new Problem('invalid-request', `${missing} is needed`, [
      { field: missing, detail: 'is needed without turnId and fencing' },
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
