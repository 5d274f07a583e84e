import { type Hold, holdAccount } from '../account-lock.ts'
import type { AccountState } from '../account-state.ts'
import { MessengerError } from '../messenger-error.ts'
import { botAccount } from './bot-account.ts'
import { type BotClient, type BotPorts, createBotClient } from './bot-client.ts'
import { keepWebhook, setWebhook, wantedUpdates } from './keep-webhook.ts'
import { pollUpdates } from './poll-updates.ts'
import { createSecretaries, type Secretaries } from './secretaries.ts'
import { webhookUrl } from './webhook.ts'

/** From start to end of a bot's connection. Updates come by webhook when there is a public address; else one process polls. */
export type BotLife = {
  client: BotClient
  secretaries: Secretaries
  state: () => AccountState
  /** @throws MessengerError not-ready when it is not online in this process */
  needOnline: () => { id: number; username: string }
  /** Resolves when the bot is online, or waits for another process. What goes wrong after that wait is told by `whenLost`. */
  start: () => Promise<void>
  end: () => Promise<void>
  enter: (state: AccountState, detail?: string | null) => Promise<void>
  whenLost: (listener: () => void) => void
}

export function createBotLife(ports: BotPorts, probeMs: number): BotLife {
  const { db, log, config } = ports
  const client = createBotClient(ports, (reason) => lose('logged_out', reason))
  const secretaries = createSecretaries(client, ports)
  const { api, ask, mode } = client
  let state: AccountState = 'disabled'
  let me: { id: number; username: string } | null = null
  let polling: { stop: () => Promise<void> } | null = null
  let hold: Hold | null = null
  let life: { end: AbortController; rest: Promise<void> } | null = null
  let onLost = () => {}

  async function enter(next: AccountState, detail: string | null = null): Promise<void> {
    state = next
    log.info({ account: botAccount, mode, state: next, detail }, 'Telegram bot')
    await db.query(
      `insert into telegram_accounts (id, state, state_detail, user_id, enabled) values ($1, $2, $3, $4, false)
       on conflict (id) do update set state = excluded.state, state_detail = excluded.state_detail,
         user_id = coalesce(excluded.user_id, telegram_accounts.user_id), updated_at = now()`,
      [botAccount, next, detail, me?.id ?? null],
    )
  }

  /** `onWait`: another process has the bot; it goes on when that one ends. */
  async function connect(signal: AbortSignal, onWait: () => void): Promise<void> {
    await enter('connecting')
    const url = webhookUrl(config)
    // One poller per bot: a second one would end the first, and updates would come twice.
    if (!url) {
      hold = await holdAccount(db, botAccount, {
        process: ports.process,
        log,
        signal,
        onWait,
        onLost: () => void lose('error', 'the lock on the bot is lost'),
      })
      if (!hold) return
    }
    const { id, username, can_connect_to_business: mayConnect } = await ask(() => api.getMe())
    me = { id, username }
    await secretaries.refresh()
    await secretaries.follow(signal)
    if (signal.aborted) return
    if (url) {
      await setWebhook(client, ports, url)
      void keepWebhook(client, ports, { url, probeMs, signal })
    } else {
      await ask(() => api.deleteWebhook())
      if (signal.aborted) return
      polling = pollUpdates(ports, api, {
        updates: wantedUpdates[mode],
        onEnd: (failure) => void lose('error', failure),
      })
    }
    if (signal.aborted) return
    const warning = 'in @BotFather business mode is off: nobody can make this bot their secretary'
    await enter('online', mode === 'secretary' && !mayConnect ? warning : null)
    ports.wake.up('telegram')
    ports.wake.up('turns')
  }

  /** Ends what runs; `keepTelegramUp` starts it again. */
  async function lose(next: AccountState, reason: string): Promise<void> {
    if (state !== 'online') return
    await end()
    await enter(next, reason).catch((error: unknown) => log.warn({ err: error }, 'Telegram bot'))
    onLost()
  }

  async function end(): Promise<void> {
    const [poll, held] = [polling, hold]
    polling = null
    hold = null
    state = 'disabled'
    life?.end.abort()
    life = null
    await poll?.stop()
    await held?.release()
  }

  function start(): Promise<void> {
    if (life) return life.rest
    const ending = new AbortController()
    const waiting = Promise.withResolvers<void>()
    let waited = false
    const done = connect(ending.signal, () => {
      waited = true
      waiting.resolve()
    }).catch(async (error: unknown) => {
      const loggedOut = error instanceof MessengerError && error.code === 'logged-out'
      await end()
      await enter(loggedOut ? 'logged_out' : 'error', error instanceof Error ? error.message : 'failed')
      if (waited) onLost()
      throw error
    })
    done.catch(() => {})
    life = { end: ending, rest: Promise.race([waiting.promise, done]) }
    return life.rest
  }

  return {
    client,
    secretaries,
    state: () => state,
    needOnline: () => {
      if (state !== 'online' || !me) throw new MessengerError('not-ready', 'The bot is not online here')
      return me
    },
    start,
    end,
    enter,
    whenLost: (listener) => {
      onLost = listener
    },
  }
}
