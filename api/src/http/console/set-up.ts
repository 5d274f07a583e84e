import {
  businessTextSchema,
  checkedTextSchema,
  foundItemSchema,
  integrationNames,
  setupRowSchema,
  setupSchema,
  telegramLoginSchema,
} from '@lead/contract/console'
import { z } from 'zod'
import { languages } from '../../../../texts/index.ts'
import type { App } from '../../app.ts'
import { audit } from '../../database/audit.ts'
import { searchKnowledge } from '../../knowledge/search-knowledge.ts'
import { reloadBusiness } from '../../settings/watch-business.ts'
import { checkBusinessText, fileOf, readBusinessText, saveBusinessText } from '../../setup/business-text.ts'
import { checkIntegration } from '../../setup/check-integration.ts'
import { readSetUp } from '../../setup/read-set-up.ts'
import type { Login } from '../../telegram/messenger.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { forPeople } from './describe-route.ts'
import { userOf } from './guard.ts'

const account = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}$/, 'must be small letters, digits, - and _')
  .default('main')
/** A file of settings, in UTF-16 units. */
const wholeText = z.string().max(200_000)

/** Set-up: the integrations tried, Telegram logged in, the rules of the business seen and changed, the knowledge searched. */
export function addSetUp(server: Server, app: App): void {
  server.get(
    '/console/setup',
    {
      schema: {
        ...forPeople('What is set up: the company, and how each integration is reached'),
        response: { 200: setupSchema },
      },
    },
    async () => readSetUp(app),
  )

  server.post(
    '/console/setup/:integration/check',
    {
      schema: {
        ...forPeople('Tries one integration, and names the step that mends each fault'),
        params: z.object({ integration: z.enum(integrationNames) }),
        body: z.object({ language: z.enum(languages) }),
        response: { 200: z.object({ rows: z.array(setupRowSchema) }) },
      },
    },
    async (request) => {
      const { integration } = request.params
      const rows = await checkIntegration(app, integration, request.body.language)
      const faults = rows.filter(({ fault }) => fault !== null).length
      await audit(app.db, {
        actor: userOf(request).name,
        action: 'integration.tested',
        details: { integration, faults },
      })
      return { rows }
    },
  )

  addTelegramLogin(server, app)
  addBusinessText(server, app)

  server.get(
    '/console/knowledge',
    {
      schema: {
        ...forPeople('What the assistant would find for a question, the best first'),
        querystring: z.object({ text: plainText(2000) }),
        response: { 200: z.object({ items: z.array(foundItemSchema) }) },
      },
    },
    async ({ query }) => ({ items: await searchKnowledge(app.db, query.text) }),
  )
}

function addTelegramLogin(server: Server, app: App): void {
  const loginOf = (): Login => {
    if (app.telegram.login) return app.telegram.login
    throw new Problem('conflict', 'This account needs no login: it has a token (TELEGRAM_BOT_TOKEN)')
  }

  server.get(
    '/console/telegram-login',
    {
      schema: {
        ...forPeople('How far the login of an account is, with the newest QR code'),
        querystring: z.object({ account }),
        response: { 200: telegramLoginSchema },
      },
    },
    async ({ query }) => app.telegram.status(query.account),
  )

  server.post(
    '/console/telegram-login',
    {
      schema: {
        ...forPeople(
          'A step of the login of an account: a QR code to scan, or the password of two-step verification',
        ),
        body: z.discriminatedUnion('step', [
          z.object({ step: z.literal('qr'), account }),
          z.object({ step: z.literal('password'), account, password: z.string().min(1).max(200) }),
        ]),
        response: { 200: telegramLoginSchema },
      },
    },
    async (request) => {
      const { body } = request
      const login = loginOf()
      if (body.step === 'qr') {
        await audit(app.db, {
          actor: userOf(request).name,
          action: 'telegram.login_begun',
          details: { account: body.account },
        })
        await login.qr(body.account)
      } else await login.password(body.password, body.account)
      return app.telegram.status(body.account)
    },
  )
}

function addBusinessText(server: Server, app: App): void {
  server.get(
    '/console/business',
    {
      schema: {
        ...forPeople('The rules of the business, as the file says them'),
        response: { 200: businessTextSchema },
      },
    },
    async () => readBusinessText(app),
  )

  server.post(
    '/console/business/check',
    {
      schema: {
        ...forPeople('What is wrong with a text of the rules, and what it would change'),
        body: z.object({ text: wholeText }),
        response: { 200: checkedTextSchema },
      },
    },
    async ({ body }) => checkBusinessText(app, body.text),
  )

  server.post(
    '/console/business',
    {
      schema: {
        ...forPeople('Puts a text in the place of the file; the one before stays beside it'),
        body: z.object({ text: wholeText, version: z.string().regex(/^[0-9a-f]{16}$/) }),
        response: { 200: z.object({ version: z.string(), backup: z.string(), inForce: z.boolean() }) },
      },
    },
    async (request) => {
      const { text, version } = request.body
      const saved = saveBusinessText(app, text, version)
      switch (saved.outcome) {
        case 'wrong':
          throw new Problem(
            'unprocessable',
            `The text has ${saved.problems.length} problem(s); the file stays as it was`,
            saved.problems.map(({ line, path, problem, fix }) => ({
              field: path || '(file)',
              detail: `${problem} (line ${line}; ${fix})`,
            })),
          )
        case 'changed meanwhile':
          throw new Problem(
            'conflict',
            'The file was changed meanwhile: read it again, and put your change into it',
          )
        case 'read only':
          throw new Problem(
            'conflict',
            `The file cannot be written here (${saved.code}): change it where it lies; it is read again by itself`,
          )
        case 'saved': {
          const { backup, changed } = saved
          await audit(app.db, {
            actor: userOf(request).name,
            action: 'business.saved',
            details: { backup, changed },
          })
          return { version: saved.version, backup, inForce: await reloadBusiness(app, fileOf(app)) }
        }
      }
    },
  )
}
