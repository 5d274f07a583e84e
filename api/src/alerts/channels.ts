import type { Ports } from '../app.ts'
import { exampleOf } from '../settings/variables.ts'
import { type AlertChannel, alertChannels } from './alert.ts'

type Told = Ports<'business' | 'config'>

/** What a channel lacks, by the names that its settings have: nothing when it is ready, everything when it is off. */
export function missingOf({ business, config }: Told, channel: AlertChannel): string[] {
  const needs: Record<AlertChannel, [name: string, isThere: boolean][]> = {
    telegram: [
      ['ALERTS_TELEGRAM_BOT_TOKEN', config.alerts.botToken !== null],
      ['alerts.telegram.chats', business.alerts.telegram.chats.length > 0],
    ],
    email: [
      ['ALERTS_SMTP_URL', config.alerts.smtpUrl !== null],
      ['alerts.email.from', business.alerts.email.from !== null],
      ['alerts.email.to', business.alerts.email.to.length > 0],
    ],
    webhook: [
      ['ALERTS_WEBHOOK_SECRET', config.alerts.webhookSecret !== null],
      ['alerts.webhook.url', business.alerts.webhook.url !== null],
    ],
  }
  return needs[channel].flatMap(([name, isThere]) => (isThere ? [] : [name]))
}

const exampleAddress = 'alerts@company.com'

/**
 * The line that brings each thing that a channel lacks, to be copied: of .env with an example of what is a secret of others, of
 * business.yaml in the place of the one that stands there. `email`: of whoever asks; `secret`: a new one for the webhook.
 */
export function missingLines(
  app: Told,
  channel: AlertChannel,
  { email, secret }: { email: string; secret: string },
) {
  const { telegram, email: mail } = app.business.alerts
  const missing = missingOf(app, channel)
  const chats = telegram.chats.length > 0 ? telegram.chats.join(', ') : '123456789'
  const to = (mail.to.length > 0 ? mail.to : [email]).map((one) => `'${one}'`).join(', ')
  const lines: Record<string, string> = {
    ALERTS_TELEGRAM_BOT_TOKEN: `ALERTS_TELEGRAM_BOT_TOKEN=${exampleOf('ALERTS_TELEGRAM_BOT_TOKEN')}`,
    ALERTS_SMTP_URL: `ALERTS_SMTP_URL=${exampleOf('ALERTS_SMTP_URL')}`,
    ALERTS_WEBHOOK_SECRET: `ALERTS_WEBHOOK_SECRET=${secret}`,
    'alerts.telegram': `telegram: { chats: [${chats}] }`,
    'alerts.email': `email: { from: '${mail.from ?? exampleAddress}', to: [${to}] }`,
    'alerts.webhook': `webhook: { url: 'https://company.com/hooks/alerts' }`,
  }
  // Two parts of one line of business.yaml are one line to copy.
  const names = new Set(missing.map((name) => name.replace(/^(alerts\.\w+)\.\w+$/, '$1')))
  return Object.entries(lines)
    .filter(([name]) => names.has(name))
    .map(([name, line]) => ({
      name,
      ...(name.startsWith('alerts.')
        ? { file: 'config/business.yaml' as const, line: `  ${line}` }
        : { file: '.env' as const, line }),
    }))
}

export const readyChannels = (app: Told): AlertChannel[] =>
  alertChannels.filter((channel) => missingOf(app, channel).length === 0)
