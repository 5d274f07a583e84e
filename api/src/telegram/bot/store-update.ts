import type { App } from '../../app.ts'
import { faultPoint } from '../../fault-point.ts'
import { storeEvent } from '../../inbox/store-event.ts'

/** The bot's number in front of its token; a made-up token has none and names itself. Not a secret. */
const botKey = (token: string) => (/^\d+:/.test(token) ? token.split(':')[0]! : 'mock')

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
  })
  app.wake.up('inbox')
  return added
}
