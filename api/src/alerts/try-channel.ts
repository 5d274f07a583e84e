import type { AlertTest } from '@lead/contract/console'
import { GrammyError } from 'grammy'
import type { Ports } from '../app.ts'
import { WebhookRefused } from '../webhooks/send-webhook.ts'
import { type AlertChannel } from './alert.ts'
import { missingOf } from './channels.ts'
import { plainReason, tell } from './tell.ts'

type Told = Ports<'business' | 'config' | 'now'>
type Kind = NonNullable<AlertTest['fault']>['kind']

/** The setting that is at fault, by what went wrong. */
const settings: Record<AlertChannel, { way: string; recipient: string }> = {
  telegram: { way: 'ALERTS_TELEGRAM_BOT_TOKEN', recipient: 'alerts.telegram.chats' },
  email: { way: 'ALERTS_SMTP_URL', recipient: 'alerts.email' },
  webhook: { way: 'alerts.webhook.url', recipient: 'ALERTS_WEBHOOK_SECRET' },
}

/** Says through one channel that this is a test, to each of its recipients by itself: one that is wrong is named. */
export async function tryChannel(app: Told, channel: AlertChannel): Promise<AlertTest> {
  const missing = missingOf(app, channel)
  if (missing.length > 0) return { fault: { kind: 'missing', setting: missing.join(', '), said: '' } }
  for (const { name, app: one } of eachRecipient(app, channel)) {
    try {
      await sendTest(one, channel)
    } catch (error) {
      const kind = kindOf(error)
      const isOfRecipient = kind === 'recipient' || (channel === 'webhook' && kind === 'denied')
      const setting = settings[channel][isOfRecipient ? 'recipient' : 'way']
      return { fault: { kind, setting, said: [name, plainReason(app, error)].filter(Boolean).join(': ') } }
    }
  }
  return { fault: null }
}

function eachRecipient(app: Told, channel: AlertChannel): { name: string; app: Told }[] {
  const { alerts } = app.business
  const having = (change: Partial<typeof alerts>) => ({
    ...app,
    business: { ...app.business, alerts: { ...alerts, ...change } },
  })
  if (channel === 'telegram')
    return alerts.telegram.chats.map((chat) => ({
      name: String(chat),
      app: having({ telegram: { chats: [chat] } }),
    }))
  if (channel === 'email')
    return alerts.email.to.map((to) => ({ name: to, app: having({ email: { ...alerts.email, to: [to] } }) }))
  return [{ name: '', app }]
}

async function sendTest(app: Told, channel: AlertChannel): Promise<void> {
  const at = app.now()
  await tell[channel](app, [
    {
      key: `alert-test-${at.getTime()}`,
      event: 'raised',
      at,
      alert: {
        id: 0,
        cause: 'test',
        kind: 'test',
        lead_id: null,
        subject: channel,
        detail: null,
        count: 1,
        raised_at: at,
        resolved_at: null,
        acknowledged_by: null,
      },
    },
  ])
}

function kindOf(error: unknown): Kind {
  // 404: no bot has this token.
  if (error instanceof GrammyError) return [401, 404].includes(error.error_code) ? 'denied' : 'recipient'
  if (error instanceof WebhookRefused) return [401, 403].includes(error.status) ? 'denied' : 'refused'
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const isAnswered = error instanceof Error && 'responseCode' in error && error.responseCode !== undefined
  // As nodemailer names them.
  if (code === 'EAUTH') return 'denied'
  if (code === 'EENVELOPE') return 'recipient'
  return isAnswered ? 'refused' : 'unreachable'
}
