import { z } from 'zod'
import { languages } from '../../../../texts/index.ts'
import type { App } from '../../app.ts'
import { pushKeys } from '../../push/push-keys.ts'
import { isPushService } from '../../push/send-push.ts'
import { subscribe, unsubscribe } from '../../push/subscribe.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'

const endpoint = z.url({ protocol: /^https?$/ }).max(2000)
/** Base64url without padding, of exactly so many bytes: other keys would only fail later. */
const bytes = (count: number) =>
  z
    .string()
    .regex(/^[\w-]+={0,2}$/)
    .refine((text) => Buffer.from(text, 'base64url').length === count, `must be ${count} bytes in base64url`)

/** Alerts on a phone or a computer while the console is closed there, by the push service of its browser. */
export function addPush(server: Server, app: App): void {
  server.get(
    '/console/push',
    {
      schema: {
        ...forPeople('The key that a browser subscribes with'),
        response: { 200: z.object({ publicKey: z.string() }) },
      },
    },
    async () => ({ publicKey: pushKeys(app).publicKey }),
  )

  server.post(
    '/console/push',
    {
      schema: {
        ...forPeople('Tells this device of alerts from now on; a first message goes there at once'),
        body: z.object({
          endpoint,
          p256dh: bytes(65),
          auth: bytes(16),
          language: z.enum(languages),
        }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { language, ...subscription } = request.body
      if (!isPushService(app, subscription.endpoint))
        throw new Problem('invalid-request', 'endpoint is of no push service that browsers use', [
          { field: 'endpoint', detail: 'must be what the browser gave' },
        ])
      const { isOn, reason } = await subscribe(app, userOf(request), subscription, language)
      if (!isOn) throw new Problem('unavailable', reason ?? 'The push service does not answer')
      return isDone
    },
  )

  server.post(
    '/console/push/drop',
    {
      schema: {
        ...forPeople('Tells this device no more'),
        body: z.object({ endpoint }),
        response: { 200: done },
      },
    },
    async (request) => {
      await unsubscribe(app, userOf(request), request.body.endpoint)
      return isDone
    },
  )
}
