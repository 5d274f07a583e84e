import type { Ports } from '../app.ts'
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

export const readyChannels = (app: Told): AlertChannel[] =>
  alertChannels.filter((channel) => missingOf(app, channel).length === 0)
