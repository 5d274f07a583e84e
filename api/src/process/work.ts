import { setTimeout as sleep } from 'node:timers/promises'
import { deliverUpdate } from '../amocrm/deliver-update.ts'
import { queueMirrors } from '../amocrm/chats/queue-mirrors.ts'
import { findMissedLeads } from '../amocrm/find-missed-leads.ts'
import { keepSubscription } from '../amocrm/keep-subscription.ts'
import { meetAccount } from '../amocrm/meet-account.ts'
import type { App } from '../app.ts'
import { writeTranscripts } from '../conversations/write-transcripts.ts'
import { processNextEvent } from '../inbox/process-inbox.ts'
import { deliverDue } from '../outbox/deliver.ts'
import { takeOverFromDead } from './process-life.ts'
import { forgetOld } from '../retention/forget-old.ts'
import { runLoop } from './run-loop.ts'
import { deliverMessage } from '../telegram/deliver-message.ts'
import { isHalted } from '../telegram/halt.ts'
import { fetchNextFile } from '../telegram/fetch-files.ts'
import { findMissedMessages } from '../telegram/find-missed-messages.ts'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'

/** Starts the loops: inbox, turns, both outboxes, catching up, and the Telegram account. `stop` waits for the step that each is in. */
export function startWork(app: App): { stop: () => Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const loops = [
    runLoop(app, 'inbox', signal, () => processNextEvent(app)),
    runLoop(app, 'turns', signal, () => dispatchDueTurns(app)),
    runLoop(app, 'amocrm', signal, () => deliverDue(app, 'amocrm', (row) => deliverUpdate(app, row))),
    // Typing takes seconds; a lead's answer must not wait until another one's is typed.
    ...Array.from({ length: 4 }, () =>
      runLoop(app, 'telegram', signal, async () => {
        const accounts = app.telegram.ready()
        if (accounts.length === 0 || (await isHalted(app.db))) return false
        return deliverDue(app, 'telegram', (row) => deliverMessage(app, row), accounts)
      }),
    ),
    repeat(app, signal, 1500, async () => {
      if ((await takeOverFromDead(app.db, app.process)) === 0) return
      for (const work of ['inbox', 'turns', 'amocrm', 'telegram'] as const) app.wake.up(work)
    }),
    untilDone(signal, 15_000, () => meetAccount(app)),
    repeat(app, signal, 1000, async () => {
      while (!signal.aborted && (await fetchNextFile(app)));
    }),
    repeat(app, signal, 60_000, () => findMissedLeads(app)),
    repeat(app, signal, 60_000, () => keepSubscription(app)),
    repeat(app, signal, 5000, async () => void (await writeTranscripts(app))),
    ...(app.config.amocrm.chats
      ? [repeat(app, signal, 1000, async () => void (await queueMirrors(app)))]
      : []),
    repeat(app, signal, 60_000, () => findMissedMessages(app)),
    repeat(app, signal, 600_000, async () => void (await forgetOld(app, signal))),
    keepTelegramUp(app, signal),
  ]
  return {
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
    },
  }
}

async function repeat(
  app: App,
  signal: AbortSignal,
  everyMs: number,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) =>
      app.log.warn({ err: error }, 'A regular check failed; it is tried again'),
    )
    await pause(everyMs, signal)
  }
}

async function untilDone(signal: AbortSignal, everyMs: number, work: () => Promise<boolean>): Promise<void> {
  while (!signal.aborted && !(await work())) await pause(everyMs, signal)
}

/** Starts the account at boot, when it was lost, and again every few seconds while it cannot be reached. */
async function keepTelegramUp(app: App, signal: AbortSignal): Promise<void> {
  let delay = 1000
  let lost = new AbortController()
  app.telegram.whenLost(() => lost.abort())
  while (!signal.aborted) {
    try {
      lost = new AbortController()
      await Promise.race([app.telegram.start(), untilAborted(signal)])
      delay = 1000
      await findMissedMessages(app)
      await untilAborted(AbortSignal.any([signal, lost.signal]))
    } catch (error) {
      app.log.warn({ err: error }, 'Telegram was not reached; it is tried again')
      await pause(delay, signal)
      delay = Math.min(15_000, delay * 2)
    }
  }
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })
