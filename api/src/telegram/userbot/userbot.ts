import { type TelegramClient, tl } from '@mtcute/node'
import type { App } from '../../app.ts'
import { Problem } from '../../http/problems.ts'
import type { AccountState, AccountStatus, Messenger, Peer } from '../messenger.ts'
import { MessengerError } from '../messenger-error.ts'
import { holdAccount } from './account-lock.ts'
import { createClient, readSimulator, type Simulator } from './create-client.ts'
import { failureOf } from './failure-of.ts'
import { randomId } from './random-id.ts'
import { reachLead } from './reach-lead.ts'
import { receiveMessages } from './receive-messages.ts'
import { createSessionStorage } from './session-storage.ts'
import { toTelegramMessage } from './to-telegram-message.ts'

const accountId = 'main'

const callMs = 30_000

/**
 * The seller's Telegram account: one connection, held by one process at a time. With the simulator it logs in by itself;
 * with the real Telegram a person logs in once, by code.
 */
export function createUserbot(app: Pick<App, 'db' | 'wake' | 'log' | 'config'>): Messenger {
  const { db, log, config } = app
  let client: TelegramClient | null = null
  let state: AccountState = 'disabled'
  let sentCode: { phone: string; hash: string } | null = null
  let releaseLock: (() => Promise<void>) | null = null
  let starting: Promise<void> | null = null
  let onLost = () => {}

  const receiver = receiveMessages(app, accountId)
  const storage = createSessionStorage(db, { accountId, key: config.appKey, settle: receiver.settle })

  async function enter(
    next: AccountState,
    detail: string | null = null,
    userId: number | null = null,
  ): Promise<void> {
    state = next
    log.info({ account: accountId, state: next, detail }, 'Telegram account')
    await db.query(
      `insert into telegram_accounts (id, phone, state, state_detail, user_id) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set phone = excluded.phone, state = excluded.state, state_detail = excluded.state_detail,
         user_id = coalesce(excluded.user_id, telegram_accounts.user_id), updated_at = now()`,
      [accountId, config.telegram.phone, next, detail, userId],
    )
  }

  async function connect(): Promise<void> {
    await enter('connecting')
    releaseLock = await holdAccount(db, accountId, { log, onLost: () => void lost() })
    const simulator = config.telegram.simulatorUrl ? await readSimulator(config.telegram.simulatorUrl) : null
    const fresh = createClient(config.telegram, storage, simulator)
    fresh.onError.add((error) => log.warn({ err: error }, 'Telegram client'))
    receiver.listen(fresh)
    let connectedBefore = false
    fresh.onConnectionState.add((connection) => {
      if (connection !== 'connected') return
      // The library does not ask for what it missed while the socket was down; this makes it ask.
      if (connectedBefore) fresh.handleClientUpdate({ _: 'updatesTooLong' }, false)
      connectedBefore = true
    })
    client = fresh
    await fresh.connect()
    const me = await whoAmI(fresh)
    if (me !== null) return online(fresh, me)
    if (simulator) return loginToSimulator(fresh, simulator)
    await enter('need_login', 'log in with the action login_phone')
  }

  async function loginToSimulator(fresh: TelegramClient, simulator: Simulator): Promise<void> {
    const account =
      simulator.accounts.find((one) => one.phone === config.telegram.phone) ?? simulator.accounts[0]
    if (!account) throw new Error('The Telegram simulator has no account')
    await sendCode(fresh, account.phone)
    await signIn(fresh, account.loginCode)
    if (state === 'need_password' && account.password) await checkPassword(fresh, account.password)
  }

  async function whoAmI(fresh: TelegramClient): Promise<number | null> {
    try {
      const users = await fresh.call(
        { _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] },
        { abortSignal: AbortSignal.timeout(callMs) },
      )
      const me = users[0]
      return me?._ === 'user' ? me.id : null
    } catch (error) {
      if (tl.RpcError.is(error, 'AUTH_KEY_UNREGISTERED') || tl.RpcError.is(error, 'SESSION_REVOKED'))
        return null
      throw error
    }
  }

  async function online(fresh: TelegramClient, userId: number): Promise<void> {
    await fresh.notifyLoggedIn(await selfUser(fresh))
    await fresh.startUpdatesLoop()
    await enter('online', null, userId)
    app.wake.up('telegram')
  }

  async function selfUser(fresh: TelegramClient): Promise<tl.RawUser> {
    const [me] = await fresh.call(
      { _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] },
      { abortSignal: AbortSignal.timeout(callMs) },
    )
    if (me?._ !== 'user') throw new Error('Telegram did not say who we are')
    return me
  }

  async function sendCode(fresh: TelegramClient, phone: string): Promise<void> {
    const sent = await fresh.sendCode({ phone, abortSignal: AbortSignal.timeout(callMs) })
    if (!('phoneCodeHash' in sent)) return online(fresh, sent.id)
    sentCode = { phone, hash: sent.phoneCodeHash }
    await enter('code_sent', `the code was sent by ${sent.type}`)
  }

  async function signIn(fresh: TelegramClient, code: string): Promise<void> {
    if (!sentCode) throw new Problem('conflict', 'Ask for a code first: action login_phone')
    try {
      const me = await fresh.signIn({
        phone: sentCode.phone,
        phoneCodeHash: sentCode.hash,
        phoneCode: code,
        abortSignal: AbortSignal.timeout(callMs),
      })
      sentCode = null
      await online(fresh, me.id)
    } catch (error) {
      if (!tl.RpcError.is(error, 'SESSION_PASSWORD_NEEDED')) throw asProblem(error)
      await enter('need_password', 'the account has a password: action login_password')
    }
  }

  async function checkPassword(fresh: TelegramClient, password: string): Promise<void> {
    try {
      const me = await fresh.checkPassword({ password, abortSignal: AbortSignal.timeout(callMs) })
      await online(fresh, me.id)
    } catch (error) {
      throw asProblem(error)
    }
  }

  /** Another process may hold the account by now. */
  async function lost(): Promise<void> {
    log.error({ account: accountId }, 'The account lock is lost; the Telegram connection ends')
    await stop().catch((error: unknown) => log.warn({ err: error }, 'The Telegram client did not end well'))
    onLost()
  }

  async function stop(): Promise<void> {
    const [old, release] = [client, releaseLock]
    client = null
    releaseLock = null
    state = 'disabled'
    if (old)
      await old
        .destroy()
        .catch((error: unknown) => log.warn({ err: error }, 'The Telegram client did not end well'))
    await release?.()
  }

  const needClient = (): TelegramClient => {
    if (!client) throw new Problem('conflict', 'The userbot is stopped: action start')
    return client
  }

  async function status(): Promise<AccountStatus> {
    const { rows } = await db.query<{
      state: AccountState
      state_detail: string | null
      phone: string | null
      user_id: number | null
    }>('select state, state_detail, phone, user_id from telegram_accounts where id = $1', [accountId])
    const row = rows[0]
    return {
      account: accountId,
      state: row?.state ?? state,
      detail: row?.state_detail ?? null,
      phone: row?.phone ?? config.telegram.phone,
      userId: row?.user_id ?? null,
    }
  }

  /** Runs one call to Telegram; what goes wrong comes out in our words. */
  async function ask<Value>(peer: Peer, call: (ready: TelegramClient) => Promise<Value>): Promise<Value> {
    if (peer.accountId !== accountId || state !== 'online' || !client)
      throw new MessengerError('not-ready', `The account ${peer.accountId} is not online here`)
    try {
      return await call(client)
    } catch (error) {
      throw failureOf(error)
    }
  }

  return {
    ready: () => (state === 'online' ? [accountId] : []),
    accounts: async () => [await status()],
    status,
    reach: async (lead, conversation) => {
      const at = { accountId: conversation.account_id ?? accountId, peerId: conversation.peer_id ?? 0 }
      const reached = await ask(at, (ready) => reachLead(ready, lead, conversation.peer_id))
      return 'unreachable' in reached ? reached : { ...reached, accountId: at.accountId }
    },
    opening: async () => ({ open: true }),
    invite: null,
    ownerOfConnection: null,
    markRead: (peer) => ask(peer, (ready) => ready.readHistory(peer.peerId)).then(() => {}),
    typing: (peer) => ask(peer, (ready) => ready.setTyping({ peerId: peer.peerId, status: 'typing' })),
    sendText: async (peer, text, key) => {
      try {
        const sent = await ask(peer, (ready) =>
          ready.sendText(peer.peerId, text, {
            randomId: randomId(peer.accountId, key),
            disableWebPreview: true,
            abortSignal: AbortSignal.timeout(callMs),
          }),
        )
        return { messageId: sent.id, at: sent.date }
      } catch (error) {
        if ((error as Error).message === 'RANDOM_ID_DUPLICATE') return { messageId: null, at: null }
        throw error
      }
    },
    fetchHistory: async (peer, afterId) => {
      const history = await ask(peer, (ready) => ready.getHistory(peer.peerId, { limit: 50, minId: afterId }))
      return [...history].toReversed().flatMap((message) => toTelegramMessage(peer.accountId, message) ?? [])
    },
    login: {
      phone: (phone) =>
        sendCode(needClient(), phone).catch((error: unknown) => Promise.reject(asProblem(error))),
      code: (code) => signIn(needClient(), code),
      password: (password) => checkPassword(needClient(), password),
      logout: async () => {
        await needClient().logOut()
        await stop()
        await storage.wipe()
        await enter('logged_out', 'logged out on request')
      },
    },
    whenLost: (listener: () => void) => {
      onLost = listener
    },
    start: () => {
      starting ??= connect()
        .catch(async (error: unknown) => {
          await stop()
          await enter('error', error instanceof Error ? error.message : String(error))
          throw error
        })
        .finally(() => (starting = null))
      return starting
    },
    stop: async () => {
      await stop()
      await enter('disabled', 'stopped')
    },
    close: stop,
  }
}

/** Telegram's own word for what is wrong with a code or password is safe to show and says what to do. */
function asProblem(error: unknown): unknown {
  return tl.RpcError.is(error) ? new Problem('conflict', `Telegram says ${error.text}`) : error
}
