import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import type { App } from '../../app.ts'
import { failureOfBot } from './failure-of-bot.ts'
import { storeUpdate } from './store-update.ts'

const pollSec = 15
const longestPauseMs = 15_000

type Options = {
  updates: readonly Exclude<keyof Update, 'update_id'>[]
  /** Polling ended for good: another poller has the bot, or the token is refused. */
  onEnd: (reason: string) => void
}

/**
 * Asks for updates again and again. What came is stored before the next question, and only that question acknowledges it, so a
 * crash in between brings it again.
 */
export function pollUpdates(
  app: Pick<App, 'db' | 'wake' | 'log' | 'config'>,
  api: Api,
  { updates: allowed, onEnd }: Options,
): { stop: () => Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending

  async function poll(): Promise<void> {
    let offset = 0
    let pauseMs = 1000
    while (!signal.aborted) {
      try {
        const updates = await api.getUpdates(
          { offset, timeout: pollSec, allowed_updates: allowed },
          signal as Parameters<Api['getUpdates']>[1],
        )
        for (const update of updates) {
          await storeUpdate(app, update)
          offset = update.update_id + 1
        }
        pauseMs = 1000
      } catch (error) {
        if (signal.aborted) return
        const failure = failureOfBot(error)
        if (failure.code === 'logged-out' || failure.message.startsWith('Conflict'))
          return onEnd(failure.message)
        app.log.warn({ reason: failure.message }, 'Updates of the Telegram bot were not read; tried again')
        await sleep(failure.retryAfterMs ?? pauseMs, undefined, { signal }).catch(() => {})
        pauseMs = Math.min(longestPauseMs, pauseMs * 2)
      }
    }
  }

  const running = poll()
  return {
    stop: async () => {
      ending.abort()
      await running
    },
  }
}
