import { z } from 'zod'
import { languages } from '../../../../texts/index.ts'
import { AmocrmError } from '../../amocrm/amocrm-error.ts'
import { checkAccount } from '../../amocrm/check-account.ts'
import { setUpAccount } from '../../amocrm/set-up-account.ts'
import { findSubscriptions, hookEvents } from '../../amocrm/subscription.ts'
import type { App } from '../../app.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

const subscription = z.object({ address: z.string(), disabled: z.boolean(), lacks: z.array(z.string()) })
const difference = z.object({ leadId: z.number(), what: z.string(), ours: z.string(), theirs: z.string() })
const report = z.object({
  account: z.object({ id: z.number(), name: z.string().nullable() }),
  missing: z.array(z.string()),
  rows: z.array(
    z.object({
      what: z.string(),
      has: z.string(),
      fault: z.string().nullable(),
      next: z.string().nullable(),
    }),
  ),
  subscriptions: z.array(subscription).nullable(),
  missedLeads: z.array(z.number()),
  changedLeads: z.array(difference),
  drift: z.array(difference),
})
const setupRow = z.object({
  what: z.enum(['pipeline', 'stage', 'lead field', 'contact field', 'loss reason', 'tag']),
  name: z.string(),
  state: z.enum(['there', 'missing', 'made', 'refused']),
  id: z.number().nullable(),
  detail: z.string(),
  next: z.string().nullable(),
})
const gate = z.object({
  open: z.boolean(),
  kind: z.string().optional(),
  detail: z.string().optional(),
  since: z.date().optional(),
  until: z.date().optional(),
})
const destination = z.object({
  destination: z.url({ protocol: /^https?$/ }).describe('The whole address, with the secret at its end'),
})

const inLanguage = z.object({
  language: z.enum(languages).default('en').describe('Of the sentences for people'),
})

const noWebhooks =
  'If it is about webhooks: by API they need the tariff Advanced or higher. Add the address by hand (amoMarket > WEB HOOKS); without any, new leads are found by looking each minute.'

/** For people: how we stand with the amoCRM account, and the subscription to its webhooks. */
export function addAmocrmAccount(server: Server, app: App): void {
  const security = [{ token: [] }]

  server.get(
    '/amocrm/status',
    {
      schema: {
        summary: 'Whether amoCRM takes our requests, and which webhooks point to us',
        security,
        response: { 200: z.object({ gate, subscriptions: z.array(subscription).nullable() }) },
      },
    },
    async () => {
      const state = await app.amocrm.gate.state()
      const subscriptions = state.open ? await asking(() => findSubscriptions(app)).catch(() => null) : null
      return { gate: state, subscriptions }
    },
  )

  server.get(
    '/amocrm/check',
    {
      schema: {
        summary: 'Compares the account with our leads and with config/business.yaml',
        security,
        querystring: inLanguage,
        response: { 200: report },
      },
    },
    ({ query }) => asking(() => checkAccount(app, query.language)),
  )

  server.post(
    '/amocrm/setup',
    {
      schema: {
        summary:
          'Makes the stages, fields, loss reasons and tags that config/business.yaml names and the account lacks',
        security,
        body: z.object({ dryRun: z.boolean().default(true) }),
        querystring: inLanguage,
        response: { 200: z.array(setupRow) },
      },
    },
    ({ body, query }) => asking(() => setUpAccount(app, { ...body, ...query })),
  )

  server.post(
    '/amocrm/subscribe',
    {
      schema: {
        summary: "Points the account's webhooks to an address",
        security,
        body: destination,
        response: { 200: z.array(subscription) },
      },
    },
    async ({ body }) => {
      requireOurs(app, body.destination)
      return asking(async () => {
        await app.amocrm.subscribe(body.destination, hookEvents)
        return findSubscriptions(app)
      })
    },
  )

  server.post(
    '/amocrm/unsubscribe',
    {
      schema: {
        summary: 'Takes an address out of the webhooks of the account',
        security,
        body: destination,
        response: { 200: z.array(subscription) },
      },
    },
    async ({ body }) => {
      requireOurs(app, body.destination)
      return asking(async () => {
        await app.amocrm.unsubscribe(body.destination)
        return findSubscriptions(app)
      })
    },
  )
}

function requireOurs(app: App, address: string): void {
  if (address.endsWith(`/${app.config.amocrm.webhookSecret}`)) return
  const detail = 'must end with the AMOCRM_WEBHOOK_SECRET of this server'
  throw new Problem('invalid-request', `destination ${detail}`, [{ field: 'destination', detail }])
}

/** What amoCRM says is told to the caller, who is a person at a terminal. */
async function asking<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AmocrmError)
      throw new Problem(
        'unavailable',
        error.status === 402 || error.status === 422 ? `${error.message} ${noWebhooks}` : error.message,
      )
    throw error
  }
}
