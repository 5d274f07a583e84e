import { z } from 'zod'
import type { Bot } from './bot.ts'
import { type BotMethod, readParams, wire } from './bot-call.ts'
import { badRequest } from './bot-failure.ts'
import { wireBot } from './wire-message.ts'

const kinds = wire.json(z.array(z.string())).optional()

const pollSchema = z.object({
  offset: wire.int.default(0),
  limit: wire.int.min(1).max(100).default(100),
  timeout: wire.int.min(0).max(50).default(0),
  allowed_updates: kinds,
})

const webhookSchema = z.object({
  url: z.string().default(''),
  secret_token: z
    .string()
    .regex(/^[\w-]{1,256}$/)
    .optional(),
  max_connections: wire.int.min(1).max(100).default(40),
  allowed_updates: kinds,
  drop_pending_updates: wire.flag.default(false),
})

/** Who the bot is, and how it hears of what happens. */
export const updateMethods: Record<string, BotMethod> = {
  getMe: ({ bot }) => wireBot(bot),

  getUpdates: (call) => {
    const { offset, limit, timeout, allowed_updates: allowed } = readParams(call, pollSchema)
    if (allowed) call.bot.allowedUpdates = allowed
    return call.updates.poll(call.bot, { offset, limit, timeoutSec: timeout })
  },

  setWebhook: (call) => {
    const { bot, world, updates } = call
    const input = readParams(call, webhookSchema)
    if (input.drop_pending_updates) bot.pending = []
    if (input.allowed_updates) bot.allowedUpdates = input.allowed_updates
    if (input.url === '') delete bot.webhook
    else {
      if (!isAcceptable(input.url)) throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
      bot.webhook = {
        url: input.url,
        maxConnections: input.max_connections,
        ...(input.secret_token ? { secretToken: input.secret_token } : {}),
      }
    }
    world.changed()
    updates.wake(bot)
    return true
  },

  deleteWebhook: (call) => {
    const { drop_pending_updates: drop } = readParams(
      call,
      webhookSchema.pick({ drop_pending_updates: true }),
    )
    if (drop) call.bot.pending = []
    delete call.bot.webhook
    call.world.changed()
    return true
  },

  getWebhookInfo: ({ bot }) => webhookInfo(bot),

  logOut: ({ bot, world }) => {
    bot.loggedOut = true
    world.changed()
    return true
  },

  setMyCommands: (call) => {
    const command = z.object({ command: z.string(), description: z.string() })
    call.bot.commands = readParams(call, z.object({ commands: wire.json(z.array(command)) })).commands
    call.world.changed()
    return true
  },

  getMyCommands: ({ bot }) => bot.commands,
}

/** Real Telegram takes HTTPS only; here the other side is on the same machine. */
function isAcceptable(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]', 'api'].includes(hostname)
}

function webhookInfo({ webhook, pending, allowedUpdates }: Bot) {
  return {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: pending.length,
    ...(webhook ? { max_connections: webhook.maxConnections } : {}),
    ...(webhook?.lastErrorAt
      ? { last_error_date: webhook.lastErrorAt, last_error_message: webhook.lastError }
      : {}),
    ...(allowedUpdates?.length ? { allowed_updates: allowedUpdates } : {}),
  }
}
