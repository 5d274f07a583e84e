import type { App } from '../../app.ts'
import { faultPoint } from '../../process/fault-point.ts'
import { type InboxEvent, storeEvent } from '../../inbox/store-event.ts'
import { storable } from '../../text/storable.ts'
import { botUpdateSchema } from './bot-update.ts'
import { sharedPhone } from './to-telegram-message.ts'

/** The bot's number in front of its token; a made-up token has none and names itself. Not a secret. */
const botKey = (token: string) => /^(\d+):/.exec(token)?.[1] ?? 'mock'

/**
 * Keeps a raw update of the bot. Only after this may it be acknowledged.
 * @returns false when the same update was kept before
 */
export async function storeUpdate(
  app: Pick<App, 'db' | 'wake' | 'config'>,
  update: { update_id: number },
  body: Buffer = Buffer.from(JSON.stringify(update)),
): Promise<boolean> {
  faultPoint('telegram.received')
  const added = await storeEvent(app.db, {
    source: 'telegram_bot',
    dedupeKey: `${botKey(app.config.telegram.botToken ?? '')}:${update.update_id}`,
    contentType: 'application/json',
    body,
    ...senderOf(update),
  })
  app.wake.up('inbox')
  return added
}

/** An update that we cannot read has none: it is kept all the same, and put aside when its turn comes. */
function senderOf(update: unknown): Pick<InboxEvent, 'sender'> {
  try {
    const { message, business_message: business } = botUpdateSchema.parse(storable(update))
    const said = message ?? business
    return said ? { sender: { username: said.chat.username ?? null, phone: sharedPhone(said) } } : {}
  } catch {
    return {}
  }
}
