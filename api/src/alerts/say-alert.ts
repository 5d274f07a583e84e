import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import type { Alert, AlertKind } from './alert.ts'

/** Subjects that are no program that people know. */
const ours = ['backup', 'budget', 'disk', 'work'] as const

/** `test`: somebody tries a channel. */
type Said = Pick<Alert, 'subject' | 'detail' | 'count' | 'lead_id'> & { kind: AlertKind | 'test' }

const names: Record<string, string> = {
  telegram: 'Telegram',
  telegram_bot: 'Telegram',
  amocrm: 'amoCRM',
  'amocrm-chats': 'amoCRM',
  google: 'Google Calendar',
}

/** An alert as people read it: what happened, why, and where to look. */
export function sayAlert(
  { business, config }: Ports<'business' | 'config'>,
  alert: Said,
  event: 'raised' | 'resolved',
): { title: string; detail: string | null; url: string } {
  const say = texts[business.alerts.language ?? business.language].alert
  const own = alert.kind === 'integration' ? ours.find((name) => name === alert.subject) : undefined
  const title = say[event][own ?? alert.kind]({
    subject: nameOf(alert, say.from),
    count: alert.count,
  })
  const root = config.publicUrl ?? `http://localhost:${config.port}`
  const url = alert.lead_id === null ? `${root}/app/alerts` : `${root}/app/inbox/all?lead=${alert.lead_id}`
  return { title, detail: event === 'raised' ? alert.detail : null, url }
}

/** Programs have names that people know; a lead's is as it is. */
function nameOf({ kind, subject }: Said, from: (source: string) => string): string {
  if (kind === 'hand_off') return subject
  if (subject.startsWith('from ')) return from(names[subject.slice(5)] ?? subject.slice(5))
  const [first = '', ...rest] = subject.split(' ')
  return [names[first] ?? first, ...rest].join(' ')
}
