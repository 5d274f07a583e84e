import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue, type OutboxItem } from '../outbox/enqueue.ts'
import type { Lead } from './lead.ts'

const texts = {
  ru: {
    note: (link: string) =>
      `Разговор в Telegram начинает клиент. Личная ссылка, одноразовая, действует 30 дней: ${link}`,
    task: (link: string) => `Отправьте клиенту ссылку, чтобы ассистент мог с ним говорить: ${link}`,
    nobody:
      'Ассистент не может начать разговор: бот не подключён ни к одному аккаунту Telegram, или у аккаунта нет имени пользователя. Подключите его и напишите клиенту сами.',
  },
  en: {
    note: (link: string) =>
      `In Telegram the lead begins the conversation. A personal link, for one use, valid for 30 days: ${link}`,
    task: (link: string) => `Send the lead this link, so that the assistant can talk to them: ${link}`,
    nobody:
      'The assistant cannot begin: no Telegram account has connected the bot, or the account has no username. Connect it, and write to the lead yourself.',
  },
}

/**
 * Where Telegram lets only the lead begin: puts a link of their own onto the card, as field, note and task. Once per turn.
 * @returns the link; null when there is nobody to write to, which becomes a task of its own
 */
export async function inviteLead(
  app: Ports<'business' | 'telegram'>,
  tx: Queryable,
  lead: Lead,
  turnId: number,
): Promise<string | null> {
  const link = (await app.telegram.invite?.(tx, lead)) ?? null
  const language = texts[lead.language ?? app.business.language]
  const to = { leadId: lead.id, turnId, channel: 'amocrm' } as const
  const key = (what: string) => `turn:${turnId}:invite:${what}`
  const task = { kind: 'task', text: link ? language.task(link) : language.nobody, dueInMin: 30 } as const
  const items: OutboxItem[] = [
    ...(link
      ? [
          { ...to, key: key('lead'), payload: { kind: 'lead', fields: { telegramLink: link } } } as const,
          { ...to, key: key('note'), payload: { kind: 'note', text: language.note(link) } } as const,
        ]
      : []),
    { ...to, key: key('task'), payload: task },
  ]
  for (const item of items) await enqueue(tx, item)
  await audit(tx, {
    actor: 'system',
    action: link ? 'lead.invited' : 'lead.not_invited',
    leadId: lead.id,
    turnId,
  })
  return link
}
