import { request } from 'undici'
import webPush from 'web-push'
import type { Ports } from '../app.ts'
import { pushKeys } from './push-keys.ts'

export type Subscription = { endpoint: string; p256dh: string; auth: string }
/** What the service worker of the page shows: `url` is opened by a tap, and the same `tag` takes the place of the one before. */
export type PushMessage = { title: string; body: string; url: string; tag: string }

const answerMs = 10_000
/** A phone that is off gets it when it is on again, as far as this. */
const keptSec = 4 * 3600

/** The device is gone for good, or belongs to another key of ours. */
export class SubscriptionGone extends Error {
  override name = 'SubscriptionGone'
}

/** Of the browsers: nobody makes this server ask another address. */
const services =
  /(^|\.)(?:fcm\.googleapis\.com|push\.services\.mozilla\.com|notify\.windows\.com|web\.push\.apple\.com)$/

/** Whether messages may be sent there; a machine of one's own may also try with itself. */
export function isPushService({ config }: Ports<'config'>, endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname } = new URL(endpoint)
  if (!config.production && hostname === '127.0.0.1') return true
  return protocol === 'https:' && services.test(hostname)
}

/**
 * Encrypts a message for one device and hands it to the push service of its browser.
 * @throws SubscriptionGone; Error when it is not taken
 */
export async function sendPush(
  app: Ports<'config'>,
  { endpoint, p256dh, auth }: Subscription,
  message: PushMessage,
): Promise<void> {
  const details = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify(message),
    {
      vapidDetails: { subject: app.config.publicUrl ?? 'mailto:console@localhost', ...pushKeys(app) },
      TTL: keptSec,
      urgency: 'high',
    },
  )
  const answer = await request(details.endpoint, {
    method: 'POST',
    headers: Object.fromEntries(
      Object.entries(details.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: details.body,
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    signal: AbortSignal.timeout(answerMs),
  })
  await answer.body.dump()
  if ([403, 404, 410].includes(answer.statusCode))
    throw new SubscriptionGone(`the push service answered ${answer.statusCode}`)
  if (answer.statusCode >= 300) throw new Error(`the push service answered ${answer.statusCode}`)
}
