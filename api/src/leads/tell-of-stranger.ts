import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { botAccount } from '../telegram/bot/bot-account.ts'
import type { Account } from './find-lead-of-account.ts'
import type { Language } from './lead.ts'

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
     order by telegram_user_id is not null desc, id desc limit 5`,
    [account.peerId, account.peerUsername, account.peerPhone],
  )
  const who = account.peerUsername
    ? `@${account.peerUsername}`
    : (account.peerPhone ?? `id ${account.peerId}`)
  for (const { id: leadId, language, bound } of rows) {
    const { strangerToBound, strangerToBot, strangerByUsername } =
      texts[language ?? app.business.language].task
    const say = bound
      ? strangerToBound
      : account.accountId === botAccount
        ? strangerToBot
        : strangerByUsername
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:stranger:${account.peerId}`,
      payload: {
        kind: 'task',
        text: say({ who, text: account.text.replaceAll(/\s+/g, ' ').slice(0, 200) }),
        dueInMin: 60,
      },
    })
  }
}
