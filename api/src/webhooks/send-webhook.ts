import { Webhook } from 'standardwebhooks'
import { request } from 'undici'

const answerMs = 10_000

/** Whoever is called was reached and did not take it. */
export class WebhookRefused extends Error {
  override name = 'WebhookRefused'
  readonly status: number
  constructor(status: number) {
    super(`the webhook answered ${status}`)
    this.status = status
  }
}

/** Whoever is called has said that nothing may be sent there any more. */
export class WebhookGone extends WebhookRefused {
  override name = 'WebhookGone'
}

/**
 * Sends one event as Standard Webhooks 1.0 says. The same `id` again is the same event: whoever receives it twice can tell.
 * @throws Error when it is not answered with 2xx within ten seconds, WebhookGone when it is 410
 */
export async function sendWebhook(
  { url, secret }: { url: string; secret: string },
  { id, body }: { id: string; body: { type: string; timestamp: string; data: Record<string, unknown> } },
): Promise<void> {
  const text = JSON.stringify(body)
  const at = new Date()
  const answer = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, text),
    },
    body: text,
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    signal: AbortSignal.timeout(answerMs),
  })
  await answer.body.dump()
  if (answer.statusCode === 410) throw new WebhookGone(410)
  if (answer.statusCode < 200 || answer.statusCode > 299) throw new WebhookRefused(answer.statusCode)
}
