import { setTimeout as sleep } from 'node:timers/promises'
import { deliverUpdate } from '../amocrm/deliver-update.ts'
import { queueMirrors } from '../amocrm/chats/queue-mirrors.ts'
import { findMissedLeads } from '../amocrm/find-missed-leads.ts'
import { keepSubscription } from '../amocrm/keep-subscription.ts'
import { meetAccount } from '../amocrm/meet-account.ts'
import { watchToken } from '../amocrm/watch-token.ts'
import { sendPushes } from '../push/push-notices.ts'
import { sendNotices } from '../alerts/send-notices.ts'
import { watchCauses } from '../alerts/watch-causes.ts'
import { watchForTrouble } from '../alerts/watch-integrations.ts'
import type { App } from '../app.ts'
import { backUpRegularly } from '../backup/back-up-regularly.ts'
import { wakeSnoozed } from '../console/put-aside.ts'
import { writeTranscripts } from '../conversations/write-transcripts.ts'
import { processNextEvent } from '../inbox/process-inbox.ts'
import { deliverAsItComes, deliverDue } from '../outbox/deliver.ts'
import { takeOverFromDead } from './process-life.ts'
import { settleRestore } from '../restore/settle-restore.ts'
import { forgetOld } from '../retention/forget-old.ts'
import { createTurnExport } from '../telemetry/export-turns.ts'
import { createClock } from './clock.ts'
import { runLoop } from './run-loop.ts'
import { deliverMessage } from '../telegram/deliver-message.ts'
import { fetchNextFile } from '../telegram/fetch-files.ts'
import { createSweep, findMissedMessages } from '../telegram/find-missed-messages.ts'
import { tellOfTroubles } from '../telegram/tell-of-troubles.ts'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'
import { deliverEvents } from '../webhooks/deliver-events.ts'
import { type Work, works } from './wake.ts'

/** Starts the loops: inbox, turns, both outboxes, catching up, and the Telegram account. `stop` waits for the step that each is in. */
export function startWork(app: App): { stop: () => Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const clock = createClock(app)
  const loop = (work: Work, step: () => Promise<boolean>) => runLoop(app, work, signal, step, clock.ask)
  // Typing takes seconds; a lead's answer must not wait until another one's is typed.
  const messages = deliverAsItComes(app, 'telegram', (row) => deliverMessage(app, row))
  const lookAtIntegrations = watchForTrouble(app)
  const tellSoon = (mayBe: boolean) => {
    if (mayBe) clock.ask()
  }
  const restore = settleRestore(app)
  const { telemetry } = app.config
  const turnExport = telemetry && createTurnExport(app, telemetry)
  /** Waits until all that a restore forgot was read. */
  const settled = (step: () => Promise<boolean>) => async () => {
    if (restore.isSettled()) return step()
    await pause(200, signal)
    return false
  }
  const loops = [
    clock.run(signal),
    loop('inbox', () => processNextEvent(app)),
    loop(
      'turns',
      settled(() => dispatchDueTurns(app)),
    ),
    loop(
      'amocrm',
      settled(() => deliverDue(app, 'amocrm', (row) => deliverUpdate(app, row))),
    ),
    loop(
      'telegram',
      settled(async () => {
        const accounts = app.telegram.ready()
        return accounts.length > 0 && (await messages.step(accounts))
      }),
    ),
    untilDone(signal, 500, async () => {
      await restore
        .step()
        .catch((error: unknown) => app.log.warn({ err: error }, 'After a restore: reading goes on'))
      return restore.isSettled()
    }),
    loop('files', () => fetchNextFile(app)),
    loop('notices', async () => (await sendNotices(app)) > 0),
    loop('pushes', async () => (await sendPushes(app)) > 0),
    loop('webhooks', async () => (await deliverEvents(app)) > 0),
    loop('snoozed', async () => (await wakeSnoozed(app.db)) > 0),
    repeat(app, signal, 15_000, async () => {
      if ((await takeOverFromDead(app)) === 0) return
      for (const work of works) app.wake.up(work)
    }),
    untilDone(signal, 15_000, () => meetAccount(app)),
    repeat(app, signal, 60_000, () => findMissedLeads(app)),
    repeat(app, signal, 60_000, () => keepSubscription(app)),
    repeat(app, signal, 3_600_000, () => watchToken(app)),
    repeat(app, signal, 30_000, async () => {
      if (restore.isSettled()) await writeTranscripts(app)
    }),
    ...(app.config.amocrm.chats
      ? [
          repeat(app, signal, 1000, async () => {
            if (restore.isSettled()) await queueMirrors(app)
          }),
        ]
      : []),
    repeat(app, signal, 30_000, createSweep(app)),
    repeat(app, signal, 60_000, () => tellOfTroubles(app)),
    repeat(app, signal, 600_000, async () => void (await forgetOld(app, signal))),
    repeat(app, signal, 4000, () => watchCauses(app).then(tellSoon)),
    repeat(app, signal, 4000, () => lookAtIntegrations().then(tellSoon)),
    repeat(app, signal, 60_000, async () => void (await backUpRegularly(app))),
    keepTelegramUp(app, signal),
    ...(turnExport ? [repeat(app, signal, 5000, async () => void (await turnExport.step()))] : []),
  ]
  return {
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
      await messages.ended()
      await turnExport?.close()
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
