import { createTransport } from 'nodemailer'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { errorText } from '../text/storable.ts'
import { createBotApi } from '../telegram/bot/bot-api.ts'
import { sendWebhook } from '../webhooks/send-webhook.ts'
import type { Alert, AlertChannel, AlertKind } from './alert.ts'
import { sayAlert } from './say-alert.ts'

export type Notice = {
  /** The same again is the same notice. */
  key: string
  event: 'raised' | 'resolved'
  at: Date
  alert: Omit<Alert, 'kind'> & { kind: AlertKind | 'test' }
}
type Told = Ports<'business' | 'config'>

/** More would not be read; the rest is a number. */
const mostLines = 10
const answerSec = 10

/** What each channel does with the notices that are due: those for people say several in one message. @throws Error when it failed */
export const tell: Record<AlertChannel, (app: Told, notices: Notice[]) => Promise<void>> = {
  telegram: async (app, notices) => {
    const { botToken, botRoot, botProxy } = app.config.alerts
    if (botToken === null) throw new Error('ALERTS_TELEGRAM_BOT_TOKEN is missing')
    const { api } = createBotApi({ token: botToken, root: botRoot, proxy: botProxy }, answerSec)
    const text = linesOf(app, notices).join('\n\n')
    const ends = await Promise.allSettled(
      app.business.alerts.telegram.chats.map((chat) =>
        api.sendMessage(chat, text, { link_preview_options: { is_disabled: true } }),
      ),
    )
    const failed = ends.filter((end) => end.status === 'rejected')
    for (const { reason } of failed) if (failed.length === ends.length) throw reason
  },

  email: async (app, notices) => {
    const { from, to } = app.business.alerts.email
    const { smtpUrl } = app.config.alerts
    if (smtpUrl === null || from === null) throw new Error('ALERTS_SMTP_URL or alerts.email.from is missing')
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: answerSec * 1000,
      greetingTimeout: answerSec * 1000,
      socketTimeout: answerSec * 1000,
    })
    const language = app.business.alerts.language ?? app.business.language
    const first = notices[0] ? sayAlert(app, notices[0].alert, notices[0].event).title : ''
    const company = app.business.company.name[language]
    try {
      await transport.sendMail({
        from,
        to,
        subject: texts[language].alert.subject({ company, first, count: notices.length }),
        text: linesOf(app, notices).join('\n\n'),
      })
    } finally {
      transport.close()
    }
  },

  webhook: async (app, notices) => {
    const { url } = app.business.alerts.webhook
    const { webhookSecret: secret } = app.config.alerts
    if (url === null || secret === null)
      throw new Error('ALERTS_WEBHOOK_SECRET or alerts.webhook.url is missing')
    for (const { key, event, at, alert } of notices) {
      const said = sayAlert(app, alert, event)
      await sendWebhook(
        { url, secret },
        {
          id: key,
          body: {
            type: `alert.${event}`,
            timestamp: at.toISOString(),
            data: {
              alertId: alert.id,
              cause: alert.cause,
              kind: alert.kind,
              leadId: alert.lead_id,
              count: alert.count,
              raisedAt: alert.raised_at.toISOString(),
              resolvedAt: alert.resolved_at?.toISOString() ?? null,
              ...said,
            },
          },
        },
      )
    }
  },
}

function linesOf(app: Told, notices: Notice[]): string[] {
  const said = notices.slice(0, mostLines).map(({ alert, event }) => {
    const { title, detail, url } = sayAlert(app, alert, event)
    return [`${event === 'raised' ? '🔴' : '🟢'} ${title}`, detail, url].filter(Boolean).join('\n')
  })
  const { language } = app.business.alerts
  const more = notices.length - said.length
  return more > 0 ? [...said, texts[language ?? app.business.language].alert.more(more)] : said
}

/** Addresses of services hold passwords and tokens: what an error says of them is left out. */
export function plainReason({ config }: Ports<'config'>, error: unknown): string {
  const { botToken, smtpUrl, webhookSecret } = config.alerts
  const password = smtpUrl === null ? null : new URL(smtpUrl).password
  const secrets = [botToken, smtpUrl, webhookSecret, password, password && decodeURIComponent(password)]
  return secrets.reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, () => '[hidden]') : text),
    errorText(error),
  )
}
