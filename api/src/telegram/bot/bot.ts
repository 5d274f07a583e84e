import { setTimeout as sleep } from 'node:timers/promises'
import { Api } from 'grammy'
import type { App } from '../../app.ts'
import type { AccountState, AccountStatus, Messenger, Opening, Peer, Place } from '../messenger.ts'
import { MessengerError } from '../messenger-error.ts'
import { pausedUntil } from '../pace/pause.ts'
import { type Hold, holdAccount } from '../userbot/account-lock.ts'
import { botAccount } from './bot-account.ts'
import {
  findConnection,
  newestConnection,
  ownerOf,
  saveConnection,
  secretaryAccount,
} from './business-connections.ts'
import { businessConnectionSchema } from './bot-update.ts'
import { downloadFile } from './download-file.ts'
import { failureOfBot } from './failure-of-bot.ts'
import { pollUpdates } from './poll-updates.ts'
import { secretaryOpening } from './secretary-opening.ts'
import { sendOnce } from './send-once.ts'
import { makeStartToken } from './start-tokens.ts'
import { webhookSecrets, webhookUrl } from './webhook.ts'

const callSec = 20
const followMs = 5000
const stoppedByHand = 'stopped'
const wantedUpdates = {
  bot: ['message', 'edited_message', 'my_chat_member'],
  secretary: [
    'message',
    'my_chat_member',
    'business_connection',
    'business_message',
    'edited_business_message',
    'deleted_business_messages',
  ],
} as const

const hello = { ru: 'Здравствуйте! Пишу по своей заявке.', en: 'Hello! I am writing about my request.' }

type Me = { id: number; username: string }

/**
 * A bot: in its own chats (mode bot), or in the chats of an account whose owner made it their secretary (mode secretary). Updates
 * come by webhook when there is a public address; else one process polls.
 */
export function createBot(
  app: Pick<App, 'db' | 'wake' | 'log' | 'config' | 'now' | 'process'>,
  { probeMs = 300_000 }: { probeMs?: number } = {},
): Messenger {
  const { db, log, config } = app
  const mode = config.telegram.mode === 'secretary' ? 'secretary' : 'bot'
  const root = config.telegram.simulatorUrl ?? 'https://api.telegram.org'
  const api = new Api(config.telegram.botToken!, { apiRoot: root, timeoutSeconds: callSec })
  let state: AccountState = 'disabled'
  let me: Me | null = null
  let accountsServed: string[] = []
  let polling: { stop: () => Promise<void> } | null = null
  let hold: Hold | null = null
  let life: { end: AbortController; rest: Promise<void> } | null = null
  let onLost = () => {}

  const ask = async <Value>(call: () => Promise<Value>): Promise<Value> => {
    try {
      return await call()
    } catch (error) {
      const failure = failureOfBot(error)
      if (failure.code === 'logged-out') await lose('logged_out', failure.message)
      throw failure
    }
  }

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
        process: app.process,
        log,
        signal,
        onWait,
        onLost: () => void lose('error', 'the lock on the bot is lost'),
      })
      if (!hold) return
    }
    const { id, username, can_connect_to_business: mayConnect } = await ask(() => api.getMe())
    me = { id, username }
    await refreshConnections()
    await followSecretaries()
    if (signal.aborted) return
    void repeatFollowing(signal)
    if (url) {
      await ask(() => api.setWebhook(url, webhookOptions()))
      void keepWebhook(url, signal)
    } else {
      await ask(() => api.deleteWebhook())
      if (signal.aborted) return
      polling = pollUpdates(app, api, {
        updates: wantedUpdates[mode],
        onEnd: (failure) => void lose('error', failure),
      })
    }
    if (signal.aborted) return
    const warning = 'in @BotFather business mode is off: nobody can make this bot their secretary'
    await enter('online', mode === 'secretary' && !mayConnect ? warning : null)
    app.wake.up('telegram')
    app.wake.up('turns')
  }

  /** A webhook that somebody else removed or replaced is silent: nothing comes, and nothing says so. `probeMs`: how often it is looked at. */
  async function keepWebhook(url: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(probeMs, undefined, { signal, ref: false }).catch(() => {})
      if (signal.aborted) return
      try {
        const info = await ask(() => api.getWebhookInfo())
        if (info.last_error_message && info.pending_update_count > 0)
          log.warn({ reason: info.last_error_message }, "Telegram cannot deliver to the bot's webhook")
        if (info.url === url) continue
        log.warn({ account: botAccount }, "The bot's webhook was changed by somebody else; it is set again")
        await ask(() => api.setWebhook(url, webhookOptions()))
      } catch (error) {
        log.warn({ reason: (error as Error).message }, "The bot's webhook was not looked at")
      }
    }
  }

  const webhookOptions = () => ({
    secret_token: webhookSecrets(config).header,
    allowed_updates: wantedUpdates[mode],
  })

  /** What changed while we were away may have been told to nobody. */
  async function refreshConnections(): Promise<void> {
    if (mode !== 'secretary') return
    const { rows } = await db.query<{ id: string }>(
      'select id from telegram_business_connections where enabled',
    )
    for (const { id } of rows) {
      const known = await learnConnection(id)
      if (known === null)
        await db.query('update telegram_business_connections set enabled = false where id = $1', [id])
    }
  }

  async function learnConnection(id: string): Promise<number | null> {
    try {
      const connection = businessConnectionSchema.parse(await ask(() => api.getBusinessConnection(id)))
      await saveConnection(db, connection)
      return connection.user.id
    } catch (error) {
      if (error instanceof MessengerError && error.code === 'write-forbidden') return null
      throw error
    }
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

  /** Resolves when the bot is online, or waits for another process. What goes wrong after that wait is told by `onLost`. */
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

  const needOnline = () => {
    if (state !== 'online' || !me) throw new MessengerError('not-ready', 'The bot is not online here')
    return me
  }

  /** What goes with each call in this chat: nothing in the bot's own, the connection in an account's. */
  async function optionsFor({ accountId }: Peer): Promise<{ business_connection_id?: string }> {
    needOnline()
    const owner = ownerOf(accountId)
    if (mode === 'bot' && owner === null) return {}
    const connection = owner === null ? undefined : await newestConnection(db, owner)
    if (!connection?.enabled)
      throw new MessengerError('write-forbidden', 'The account is no longer connected to the bot')
    if (!connection.can_reply)
      throw new MessengerError('write-forbidden', 'The bot may not reply in the name of the account')
    return { business_connection_id: connection.id }
  }

  /** Cosmetic: what goes wrong here must not keep the words back. */
  const quietly = async (call: () => Promise<unknown>): Promise<void> => {
    await ask(call).catch((error: MessengerError) => {
      if (error.code === 'flood-wait' || error.code === 'logged-out') throw error
      log.debug({ reason: error.message }, 'Telegram bot')
    })
  }

  async function opening(place: Place): Promise<Opening> {
    const here = mode === 'bot' ? place.account_id === botAccount : ownerOf(place.account_id) !== null
    if (!here || place.peer_id === null) {
      const detail = mode === 'bot' ? 'the lead has not pressed Start yet' : 'the lead has not written yet'
      return { open: false, why: 'not-started', detail }
    }
    return mode === 'bot' ? { open: true } : secretaryOpening(db, place, app.now())
  }

  const followSecretaries = async () => {
    accountsServed = (await secretaries()).map(({ account }) => account)
  }

  /** Which process hears of a new account is chance; each has to know it. */
  async function repeatFollowing(signal: AbortSignal): Promise<void> {
    while (mode === 'secretary' && !signal.aborted) {
      await sleep(followMs, undefined, { signal, ref: false }).catch(() => {})
      if (!signal.aborted) await followSecretaries().catch(() => {})
    }
  }

  /** The accounts that this bot is the secretary of. */
  async function secretaries(): Promise<AccountStatus[]> {
    const { rows } = await db.query<{ id: string; state: AccountState; user_id: number | null }>(
      `select id, state, user_id from telegram_accounts where id like 'secretary:%' order by id`,
    )
    return rows.map(({ id: account, state: now, user_id: userId }) => ({
      account,
      state: now,
      detail: null,
      phone: null,
      userId,
      until: null,
      qr: null,
    }))
  }

  async function status(): Promise<AccountStatus> {
    const { rows } = await db.query<{
      state: AccountState
      state_detail: string | null
      user_id: number | null
    }>('select state, state_detail, user_id from telegram_accounts where id = $1', [botAccount])
    const row = rows[0]
    return {
      account: botAccount,
      state: row?.state ?? state,
      detail: row?.state_detail ?? null,
      phone: null,
      userId: row?.user_id ?? null,
      until: null,
      qr: null,
    }
  }

  return {
    ready: () => (state === 'online' ? [botAccount, ...accountsServed] : []),
    accounts: async () => [await status(), ...(await secretaries())],
    status: () => status(),
    reach: async (_lead, conversation) => {
      needOnline()
      const now = await opening(conversation)
      if (!now.open) return { unreachable: 'window-closed', detail: now.detail }
      const accountId = conversation.account_id!
      const until = await pausedUntil(db, accountId, 'send', app.now())
      if (until) return { wait: 'limited', until, detail: 'Telegram asked the bot to slow down' }
      return { accountId, peerId: conversation.peer_id! }
    },
    opening,
    invite: async (tx, lead) => {
      const { username } = needOnline()
      if (mode === 'bot') return `https://t.me/${username}?start=${await makeStartToken(tx, lead.id)}`
      const secretary = await newestConnection(tx)
      if (!secretary?.enabled || !secretary.username) return null
      const token = await makeStartToken(tx, lead.id)
      // Telegram writes this into the lead's field for a message; the mark tells us who it is.
      const words = `${hello[lead.language ?? 'ru']} (${token})`
      return `https://t.me/${secretary.username}?text=${encodeURIComponent(words)}`
    },
    ownerOfConnection: async (id) => {
      const owner = (await findConnection(db, id))?.user_id ?? (await learnConnection(id))
      if (owner !== null && !accountsServed.includes(secretaryAccount(owner))) await followSecretaries()
      return owner
    },
    markRead: async (peer) => {
      if (ownerOf(peer.accountId) === null) return
      const options = await optionsFor(peer)
      const { rows } = await db.query<{ newest: number | null }>(
        `select max(channel_message_id) as newest from messages
         where account_id = $1 and peer_id = $2 and direction = 'in'`,
        [peer.accountId, peer.peerId],
      )
      const connection = await newestConnection(db, ownerOf(peer.accountId)!)
      const newest = rows[0]?.newest
      if (!newest || !connection?.can_read) return
      await quietly(() => api.readBusinessMessage(options.business_connection_id!, peer.peerId, newest))
    },
    typing: async (peer) => {
      const options = await optionsFor(peer)
      await quietly(() => api.sendChatAction(peer.peerId, 'typing', options))
    },
    sendText: async (peer, text, key) => {
      const options = await optionsFor(peer)
      return sendOnce(db, peer, key, async () => {
        const sent = await ask(() =>
          api.sendMessage(peer.peerId, text, { ...options, link_preview_options: { is_disabled: true } }),
        )
        return { messageId: sent.message_id, at: new Date(sent.date * 1000) }
      })
    },
    fetchHistory: async () => [],
    download: async (peer, messageId, maxBytes) => {
      needOnline()
      const { rows } = await db.query<{ file_id: string | null }>(
        `select media ->> 'fileId' as file_id from messages
         where account_id = $1 and peer_id = $2 and channel_message_id = $3`,
        [peer.accountId, peer.peerId, messageId],
      )
      const fileId = rows[0]?.file_id
      if (!fileId) return null
      return ask(() => downloadFile(api, { root, token: config.telegram.botToken!, fileId, maxBytes })).catch(
        (error: MessengerError) => {
          if (/file_id|file is too big/i.test(error.message)) return null
          throw error
        },
      )
    },
    login: null,
    whenLost: (listener) => {
      onLost = listener
    },
    start: async (id) => {
      // Whoever stopped it by hand starts it by hand.
      const now = await status()
      if (!id && now.state === 'disabled' && now.detail === stoppedByHand) return
      await start()
    },
    stop: async () => {
      await end()
      await enter('disabled', stoppedByHand)
    },
    close: end,
  }
}
