import { z } from 'zod'
import type { Ports } from '../app.ts'
import { inTransaction, one } from '../database/pool.ts'
import { rememberStranger } from '../leads/strangers.ts'
import { botAccount } from '../telegram/bot/bot-account.ts'
import { readJson } from '../text/parse-json.ts'
import type { StoredEvent } from './bury-event.ts'

/** What an event of Telegram comes to when it is about nobody of ours: the words are private, and not ours to keep. */
const privateMeanings = new Set<string | null>([
  'nobody known',
  'nothing for us',
  'the secretary talks in the chats of its account only',
  'Telegram does not know this connection',
])

export const isPrivate = ({ source }: StoredEvent, meaning: string | null): boolean =>
  (source === 'telegram' || source === 'telegram_bot') && privateMeanings.has(meaning)

const accountSchema = z.object({ accountId: z.string() }).catch({ accountId: botAccount })

/**
 * Nothing is left of a private message but that there was one, and for a day a keyed hash by which a card that comes later is
 * recognised.
 */
export const forgetStranger = (
  app: Ports<'config' | 'db'>,
  event: StoredEvent,
  meaning: string | null,
): Promise<void> =>
  inTransaction(app.db, async (tx) => {
    const { accountId } = accountSchema.parse(readJson(event.body))
    const sender = await tx.query<{ username: string | null; phone: string | null }>(
      'select sender_username as username, sender_phone as phone from inbox_events where id = $1 for update',
      [event.id],
    )
    await rememberStranger(app, tx, accountId, one(sender))
    await tx.query(
      `update inbox_events set state = 'processed', reason = $2, processed_at = now(), body = '', sender_username = null,
         sender_phone = null, dedupe_key = case source when 'telegram' then 'forgotten:' || id else dedupe_key end
       where id = $1`,
      [event.id, meaning],
    )
  })
