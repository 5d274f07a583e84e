import { type Account, newAccount } from '../world/account.ts'

/** One update as getUpdates and the webhook give it: the id, and one more key that names its kind. */
export type BotUpdate = { update_id: number } & Record<string, unknown>

export type Webhook = {
  url: string
  secretToken?: string
  maxConnections: number
  /** Unix seconds of the newest failed delivery. */
  lastErrorAt?: number
  lastError?: string
}

/** A bot is an account of its own: with chats, message ids, and no phone. */
export type Bot = Account & {
  username: string
  token: string
  nextUpdateId: number
  /** Updates that nobody has confirmed yet, the oldest first. */
  pending: BotUpdate[]
  /** What setWebhook or getUpdates asked for last; it stays until it is asked for again. Undefined: the default. */
  allowedUpdates?: string[]
  webhook?: Webhook
  /** Ids of the people who blocked it. */
  blockedBy: number[]
  commands: { command: string; description: string }[]
  loggedOut?: boolean
  /** Nobody can make it their secretary. */
  withoutBusinessMode?: boolean
}

export type BotSeed = {
  firstName: string
  username: string
  token?: string | undefined
  withoutBusinessMode?: boolean | undefined
}

const defaultBot = { firstName: 'Northlight', username: 'northlight_demo_bot' }
const firstBotId = 5_000_000_001

export function newBot(id: number, seed: BotSeed): Bot {
  return {
    ...newAccount(id, { firstName: seed.firstName, username: seed.username, phone: '', loginCode: '' }),
    username: seed.username,
    token: seed.token ?? `${id}:simulated-token-of-this-bot-0123456789`,
    nextUpdateId: 700_000_001,
    pending: [],
    blockedBy: [],
    commands: [],
    ...(seed.withoutBusinessMode ? { withoutBusinessMode: true } : {}),
  }
}

export const firstBot = (): Bot => newBot(firstBotId, defaultBot)

export const isBot = (account: Account): account is Bot => 'token' in account

/** The bot of this token. Any `mock_...` token is the first bot's: such a token is made up and names nobody. */
export const botOfToken = ({ state }: { state: { bots: Bot[] } }, token: string): Bot | undefined =>
  token.startsWith('mock_') ? state.bots[0] : state.bots.find((bot) => bot.token === token)
