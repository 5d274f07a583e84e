import { setTimeout as sleep } from 'node:timers/promises'
import type { Update } from 'grammy/types'
import { errorText } from '../../text/storable.ts'
import { botAccount } from './bot-account.ts'
import type { BotClient, BotMode, BotPorts } from './bot-client.ts'
import { webhookSecrets } from './webhook.ts'

/** What the Bot API is asked to tell us of. */
export const wantedUpdates: Record<BotMode, Exclude<keyof Update, 'update_id'>[]> = {
  bot: ['message', 'edited_message', 'message_reaction', 'my_chat_member'],
  secretary: [
    'message',
    'my_chat_member',
    'business_connection',
    'business_message',
    'edited_business_message',
    'deleted_business_messages',
  ],
}

export const setWebhook = ({ api, ask, mode }: BotClient, { config }: BotPorts, url: string) =>
  ask(() =>
    api.setWebhook(url, {
      secret_token: webhookSecrets(config).header,
      allowed_updates: wantedUpdates[mode],
    }),
  )

/**
 * A webhook that somebody else removed or replaced is silent: nothing comes, and nothing says so. It is looked at every `probeMs`
 * until the signal.
 */
export async function keepWebhook(
  client: BotClient,
  ports: BotPorts,
  { url, probeMs, signal }: { url: string; probeMs: number; signal: AbortSignal },
): Promise<void> {
  const { log } = ports
  for (;;) {
    await sleep(probeMs, undefined, { signal, ref: false }).catch(() => {})
    if (signal.aborted) return
    try {
      const info = await client.ask(() => client.api.getWebhookInfo())
      if (info.last_error_message && info.pending_update_count > 0)
        log.warn({ reason: info.last_error_message }, "Telegram cannot deliver to the bot's webhook")
      if (info.url === url) continue
      log.warn({ account: botAccount }, "The bot's webhook was changed by somebody else; it is set again")
      await setWebhook(client, ports, url)
    } catch (error) {
      log.warn({ reason: errorText(error) }, "The bot's webhook was not looked at")
    }
  }
}
