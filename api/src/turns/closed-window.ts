import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'

const texts = {
  ru: {
    unsaid: (text: string) =>
      `Ассистент не может написать клиенту в Telegram: окно ответа закрыто. Не отправлено: «${text}»`,
    due: {
      answer: 'Клиент писал, но окно ответа в Telegram закрыто. Ответьте сами.',
      follow_up: 'Пора напомнить о себе, но окно ответа в Telegram закрыто. Напишите сами.',
      reminder: 'Пора напомнить о встрече, но окно ответа в Telegram закрыто. Напишите или позвоните сами.',
      no_show: 'Клиент не пришёл на встречу, но окно ответа в Telegram закрыто. Напишите или позвоните сами.',
      operator: 'Встреча изменилась, но окно ответа в Telegram закрыто. Сообщите клиенту сами.',
      first_touch: 'Ассистент не может начать разговор в Telegram. Напишите сами.',
    },
  },
  en: {
    unsaid: (text: string) =>
      `The assistant cannot write to the lead in Telegram: the reply window is closed. Not sent: "${text}"`,
    due: {
      answer: 'The lead wrote, but the reply window in Telegram is closed. Please answer yourself.',
      follow_up: 'A follow-up is due, but the reply window in Telegram is closed. Please write yourself.',
      reminder:
        'The reminder of the meeting is due, but the reply window in Telegram is closed. Please write or call.',
      no_show: 'The lead did not come, but the reply window in Telegram is closed. Please write or call.',
      operator:
        'The meeting has changed, but the reply window in Telegram is closed. Please tell the lead yourself.',
      first_touch: 'The assistant cannot begin the conversation in Telegram. Please write yourself.',
    },
  },
}

type Closed = { key: string; detail: string; turnId: number | null } & (
  | { unsaid: string }
  | { due: keyof (typeof texts)['ru']['due'] }
)

/** Leaves to a human what may not be written now, with the reason; the assistant stays in charge. Once per key. */
export async function taskForClosedWindow(
  app: Ports<'business' | 'wake'>,
  db: Queryable,
  lead: Lead,
  { key, detail, turnId, ...what }: Closed,
): Promise<void> {
  const language = texts[lead.language ?? app.business.language]
  const text = 'unsaid' in what ? language.unsaid(what.unsaid) : language.due[what.due]
  const { added } = await enqueue(db, {
    leadId: lead.id,
    turnId,
    channel: 'amocrm',
    key,
    payload: { kind: 'task', text: `${text} (${detail})`, dueInMin: 30 },
  })
  if (added) {
    await audit(db, {
      actor: 'system',
      action: 'lead.window_closed',
      leadId: lead.id,
      ...(turnId === null ? {} : { turnId }),
      details: { detail },
    })
  }
  app.wake.up('amocrm')
}
