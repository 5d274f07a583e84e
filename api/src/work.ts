import { deliverUpdate } from './amocrm/deliver-update.ts'
import type { App } from './app.ts'
import { processNextEvent } from './inbox/process-inbox.ts'
import { deliverDue } from './outbox/deliver.ts'
import { runLoop } from './run-loop.ts'
import { deliverMessage } from './telegram/deliver-message.ts'
import { dispatchDueTurns } from './turns/dispatch-turns.ts'

/** Starts the loops: inbox, turns, outbox, and the Telegram account. `stop` waits for the step that each is in. */
export function startWork(app: App): { stop: () => Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const loops = [
    runLoop(app, 'inbox', signal, () => processNextEvent(app)),
    runLoop(app, 'turns', signal, () => dispatchDueTurns(app)),
    runLoop(app, 'amocrm', signal, () => deliverDue(app, 'amocrm', (row) => deliverUpdate(app, row))),
    runLoop(app, 'telegram', signal, async () =>
      app.telegram.online() ? deliverDue(app, 'telegram', (row) => deliverMessage(app, row)) : false,
    ),
    keepTelegramUp(app, signal),
  ]
  return {
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
    },
  }
}

/** Starts the account at boot, and again every few seconds while it cannot be reached. */
async function keepTelegramUp(app: App, signal: AbortSignal): Promise<void> {
  let delay = 1000
  while (!signal.aborted) {
    try {
      await app.telegram.start()
      return
    } catch (error) {
      app.log.warn({ err: error }, 'Telegram was not reached; it is tried again')
      await wait(delay, signal)
      delay = Math.min(30_000, delay * 2)
    }
  }
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
