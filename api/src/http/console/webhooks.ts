import { eventTypeSchema } from '@lead/contract'
import { listedWebhookSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import {
  addWebhook,
  dropWebhook,
  listWebhooks,
  resumeWebhook,
  testWebhook,
} from '../../webhooks/manage-webhooks.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'

const urlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an address with https://' })
  .max(2000)
  .refine(
    (url) => url.startsWith('https:') || isLoopback(url),
    'must begin with https://, but for this very machine',
  )
  .refine(
    (url) => !URL.canParse(url) || new URL(url).username === '',
    'must not have a name or a password in it: requests are signed',
  )

const isLoopback = (url: string) => /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/.test(url)

/** Other systems that are told what happens. */
export function addWebhooks(server: Server, app: App): void {
  server.get(
    '/console/webhooks',
    {
      schema: {
        ...forPeople('Who is told what happens to leads, what waits for each, and what failed'),
        response: { 200: z.object({ webhooks: z.array(listedWebhookSchema) }) },
      },
    },
    async () => ({ webhooks: await listWebhooks(app.db) }),
  )

  server.post(
    '/console/webhooks',
    {
      schema: {
        ...forPeople('Adds a webhook. The secret that it is signed with is shown once'),
        body: z.object({
          url: urlSchema,
          events: z
            .array(eventTypeSchema)
            .min(1)
            .refine((events) => new Set(events).size === events.length, 'names one twice'),
        }),
        response: { 201: z.object({ id: z.number(), secret: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await addWebhook(app.db, request.body, userOf(request).email)),
  )

  const acts = {
    drop: ['Forgets a webhook and what waits for it', dropWebhook],
    test: ['Sends an event of the type `test` there', (db: App['db'], id: number) => testWebhook(db, id)],
    resume: ['Lets a stopped one go on, and sends again what failed for good', resumeWebhook],
  } as const
  for (const name of ['drop', 'test', 'resume'] as const) {
    const [summary, act] = acts[name]
    server.post(
      `/console/webhooks/:webhookId/${name}`,
      {
        schema: {
          ...forPeople(summary),
          params: z.object({ webhookId: idParam }),
          response: { 200: done },
        },
      },
      async (request) => {
        const { webhookId } = request.params
        if (!(await act(app.db, webhookId, userOf(request).email)))
          throw new Problem('unknown-webhook', `There is no webhook ${webhookId}`)
        app.wake.up('webhooks')
        return isDone
      },
    )
  }
}
