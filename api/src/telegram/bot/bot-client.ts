import type { Api } from 'grammy'
import type { Dispatcher } from 'undici'
import type { App } from '../../app.ts'
import { createBotApi } from './bot-api.ts'
import { failureOfBot } from './failure-of-bot.ts'

const callSec = 20

export type BotPorts = Pick<App, 'db' | 'wake' | 'log' | 'config' | 'now' | 'process'>
export type BotMode = 'bot' | 'secretary'

/** How we speak to the Bot API: every failure is a MessengerError, and a token that ended is told of once. */
export type BotClient = {
  api: Api
  mode: BotMode
  root: string
  token: string
  /** The way for what is asked beside the methods; undefined: as everything else. */
  dispatcher: Dispatcher | undefined
  ask: <Value>(call: () => Promise<Value>) => Promise<Value>
}

/** `onLoggedOut`: the token is no longer good. @throws Error without a token */
export function createBotClient(
  { config }: Pick<BotPorts, 'config'>,
  onLoggedOut: (reason: string) => Promise<void>,
): BotClient {
  const token = config.telegram.botToken
  if (!token) throw new Error('TELEGRAM_BOT_TOKEN is missing')
  const root = config.telegram.simulatorUrl ?? 'https://api.telegram.org'

  async function ask<Value>(call: () => Promise<Value>): Promise<Value> {
    try {
      return await call()
    } catch (error) {
      const failure = failureOfBot(error)
      if (failure.code === 'logged-out') await onLoggedOut(failure.message)
      throw failure
    }
  }

  return {
    ...createBotApi({ token, root, proxy: config.telegram.botProxy }, callSec),
    mode: config.telegram.mode === 'secretary' ? 'secretary' : 'bot',
    root,
    token,
    ask,
  }
}
