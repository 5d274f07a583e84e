import type { App } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Account } from './find-lead-of-account.ts'
import type { Language } from './lead.ts'

const texts = {
  ru: {
    bound:
      'В Telegram написал другой аккаунт ({who}) с именем или телефоном из этой карточки: «{text}». Клиент для нас — прежний аккаунт; от имени клиента ничего не сделано, чужому аккаунту не отвечаем. Проверьте, кто это.',
    unbound:
      'Боту написал аккаунт {who}, имя совпадает с карточкой: «{text}». Имени мало: отправьте клиенту личную ссылку или попросите поделиться с ботом своим контактом.',
  },
  en: {
    bound:
      'Another Telegram account ({who}) with the username or phone of this card has written: "{text}". For us the lead is the account from before; nothing was done in the lead\'s name and the stranger gets no answer. Please check who it is.',
    unbound:
      'The account {who} has written to the bot, its username is the one on the card: "{text}". A username is not enough: send the lead the personal link, or ask them to share their own contact with the bot.',
  },
}

/** Somebody who is no lead's account looks like one by username or phone: a human is told, once per lead and account. */
export async function tellOfStranger(
  app: Pick<App, 'business'>,
  tx: Queryable,
  account: Account & { text: string },
): Promise<void> {
  const { rows } = await tx.query<{ id: number; language: Language | null; bound: boolean }>(
    `select id, language, telegram_user_id is not null as bound from leads
     where telegram_user_id is distinct from $1 and (lower(telegram_username) = lower($2) or phones @> array[$3::text])
       and stage not in ('won', 'lost') and card_gone_at is null
     order by id desc limit 5`,
    [account.peerId, account.peerUsername, account.peerPhone],
  )
  const who = account.peerUsername
    ? `@${account.peerUsername}`
    : (account.peerPhone ?? `id ${account.peerId}`)
  for (const { id: leadId, language, bound } of rows) {
    const words: Record<string, string> = { who, text: account.text.replaceAll(/\s+/g, ' ').slice(0, 200) }
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:stranger:${account.peerId}`,
      payload: {
        kind: 'task',
        text: texts[language ?? app.business.language][bound ? 'bound' : 'unbound'].replaceAll(
          /\{(who|text)\}/g,
          (_, name: string) => words[name] ?? '',
        ),
        dueInMin: 60,
      },
    })
  }
}
