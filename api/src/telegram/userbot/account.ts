import { setTimeout as sleep } from 'node:timers/promises'
import { type TelegramClient, tl } from '@mtcute/node'
import type { App } from '../../app.ts'
import { audit } from '../../database/audit.ts'
import { Problem } from '../../http/problems.ts'
import type { AccountState } from '../account-state.ts'
import type { AccountStatus } from '../messenger.ts'
import { errorText } from '../../text/storable.ts'
import { MessengerError } from '../messenger-error.ts'
import { holdAccount } from '../account-lock.ts'
import { markGap } from '../mark-gap.ts'
import { noteState, readAccounts } from './account-record.ts'
import { createClient, readSimulator, type Simulator } from './create-client.ts'
import { failureOf } from './failure-of.ts'
import type { Keyring } from '../../secrets/keyring.ts'
import { createLogIn } from './log-in.ts'
import type { ProxyFailure } from '../../outgoing/proxy-failure.ts'
import { proxyTransport, silentProxy } from './proxy-transport.ts'
import { receiveMessages } from './receive-messages.ts'
import { erasedPeers } from '../../erasure/turn-away.ts'
import { createSessionStorage, type SessionStorage } from './session-storage.ts'

const caughtUpMs = 3000
/** Where the library keeps how far it has heard. */
const positionKey = 'updates_pts'

export type UserbotPorts = Pick<App, 'db' | 'wake' | 'log' | 'config' | 'process'>
export type Account = ReturnType<typeof createAccount>
export type AccountOptions = {
  keyring: Keyring
  /** How often an idle connection is asked whether the login still holds; Telegram does not tell by itself. */
  probeMs: number
  /** How long one call to Telegram may take. */
  callMs: number
  /** Called each time when the account can be read again: at login, and after a lost connection. */
  onCaughtUp: () => void
}

/**
 * One account's life in this process: wait for the lock, connect, log in, be online, give up. Whatever ends a connection
 * without our doing begins the next round.
 */
export function createAccount(app: UserbotPorts, id: string, options: AccountOptions) {
  const { db, log, config } = app
  const { callMs } = options
  let client: TelegramClient | null = null
  let storage: SessionStorage | null = null
  /** What this process knows; the others read it in the database. */
  let state: AccountState = 'disabled'
  let linked = false
  let caughtUp: Promise<void> = Promise.resolve()
  let round = new AbortController()
  let life: { end: AbortController; done: Promise<void> } | null = null
  let rest = Promise.withResolvers<void>()
  const logIn = createLogIn(app, id, { enter: (next, detail) => enter(next, detail), online })

  async function enter(next: AccountState, detail: string | null = null, userId?: number): Promise<void> {
    state = next
    log.info({ account: id, state: next, detail }, 'Telegram account')
    await noteState(db, id, { state: next, detail, userId })
  }

  /** One round, from the lock to its release. */
  async function live(signal: AbortSignal): Promise<void> {
    round = new AbortController()
    const ended = AbortSignal.any([signal, round.signal])
    const hold = await holdAccount(db, id, {
      process: app.process,
      log,
      signal,
      onWait: () => rest.resolve(),
      onLost: () => {
        log.error({ account: id }, 'The account lock is lost; the Telegram connection ends')
        round.abort()
        void client?.destroy().catch(() => {})
      },
    })
    if (!hold) return
    try {
      await connect()
      rest.resolve()
      await untilAborted(ended)
    } finally {
      await disconnect()
      await hold.release()
    }
  }

  async function connect(): Promise<void> {
    const [before] = await readAccounts(db, id)
    // People were told that the login ended: that is so until there is another one.
    if (before?.state !== 'logged_out') await enter('connecting')
    const simulator = config.telegram.simulatorUrl ? await readSimulator(config.telegram.simulatorUrl) : null
    const receiver = receiveMessages(app, id)
    storage = createSessionStorage(db, {
      accountId: id,
      keyring: options.keyring,
      settle: receiver.settle,
      erased: (peerIds) => erasedPeers(app, peerIds),
    })
    // The library would report what goes wrong here where nobody can catch it.
    await storage.driver.load?.()
    // A login without a place in the stream of updates begins at its end.
    if (!(await storage.kv.get(positionKey))) await markGap(db, id)
    const { proxy } = config.telegram
    const broken = Promise.withResolvers<never>()
    broken.promise.catch(() => {})
    const transport =
      proxy &&
      proxyTransport(proxy, (failure) => {
        broken.reject(failure)
        // A connection for files may fail alone.
        if (client === fresh && state !== 'connecting' && !linked) loseProxy(failure)
      })
    const onGap = async () => {
      await markGap(db, id)
      options.onCaughtUp()
    }
    const fresh = createClient(config.telegram, storage, simulator, onGap, transport)
    fresh.onError.add((error) => log.warn({ err: error, account: id }, 'Telegram client'))
    receiver.listen(fresh)
    watchLink(fresh)
    caughtUp = untilCaughtUp(fresh)
    client = fresh
    const isLoggedIn = within(callMs, fresh.connect()).then(() => whoAmI(fresh))
    const me = await Promise.race([isLoggedIn, broken.promise]).catch((error: unknown) => {
      throw proxy && failureOf(error).code === 'no-answer' ? silentProxy(proxy) : error
    })
    if (me) return online(fresh)
    if (before?.state === 'banned' || before?.state === 'logged_out')
      return enter(before.state, before.detail)
    if (before?.state === 'code_sent' || before?.state === 'need_password')
      return enter(before.state, before.detail)
    if (simulator) return logInToSimulator(fresh, simulator, before?.phone ?? null)
    if (before?.userId) return enter('logged_out', 'Telegram does not know our login any more: log in again')
    await enter('need_login', 'log in: npm run telegram -- login')
  }

  /** The round ends, and the next one says in the account's state why there is none. */
  function loseProxy(failure: ProxyFailure): void {
    log.warn({ account: id, reason: failure.message }, 'The Telegram connection is lost')
    round.abort()
  }

  function watchLink(fresh: TelegramClient): void {
    let linkedBefore = false
    fresh.onConnectionState.add((connection) => {
      linked = connection === 'connected' || connection === 'updating'
      if (connection !== 'connected' || client !== fresh) return
      if (linkedBefore && state === 'online') {
        // The library does not ask for what it missed while the socket was down; this makes it ask.
        fresh.handleClientUpdate({ _: 'updatesTooLong' }, false)
        void probe(fresh)
        options.onCaughtUp()
      }
      linkedBefore = true
    })
  }

  async function logInToSimulator(
    fresh: TelegramClient,
    simulator: Simulator,
    phone: string | null,
  ): Promise<void> {
    const account =
      simulator.accounts.find((one) => one.phone === phone) ?? (id === 'main' && simulator.accounts[0])
    if (!account) return enter('need_login', 'the simulator has no account with this phone')
    // Without the states of a login by a person: a restart in between must begin anew, not wait for one.
    const sent = await fresh.sendCode({ phone: account.phone, abortSignal: AbortSignal.timeout(callMs) })
    if ('phoneCodeHash' in sent) {
      const { phoneCodeHash } = sent
      try {
        await fresh.signIn({ phone: account.phone, phoneCodeHash, phoneCode: account.loginCode })
      } catch (error) {
        if (!tl.RpcError.is(error, 'SESSION_PASSWORD_NEEDED') || !account.password) throw error
        await fresh.checkPassword(account.password)
      }
    }
    await online(fresh)
  }

  /** Null: nobody is logged in. */
  async function whoAmI(fresh: TelegramClient): Promise<tl.RawUser | null> {
    try {
      const users = await fresh.call(
        { _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] },
        { abortSignal: AbortSignal.timeout(callMs) },
      )
      return users[0]?._ === 'user' ? users[0] : null
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'logged-out') return null
      if (failure.code === 'banned') await noteFailure(failure)
      throw error
    }
  }

  async function online(fresh: TelegramClient): Promise<void> {
    const me = await whoAmI(fresh)
    if (!me) throw new Error('Telegram did not say who we are')
    await logIn.reset()
    await fresh.notifyLoggedIn(me)
    await fresh.startUpdatesLoop()
    // What is said before the library knows where it stands is never reported.
    await Promise.race([caughtUp, sleep(caughtUpMs, undefined, { ref: false })])
    await enter('online', null, me.id)
    app.wake.up('telegram')
    options.onCaughtUp()
    void probeNowAndThen(fresh)
  }

  async function probeNowAndThen(fresh: TelegramClient): Promise<void> {
    while (client === fresh && state === 'online') {
      await sleep(options.probeMs, undefined, { ref: false })
      if (client === fresh && linked) await probe(fresh)
    }
  }

  /** A login that ended elsewhere says so only when it is asked. */
  async function probe(fresh: TelegramClient): Promise<void> {
    try {
      await fresh.call(
        { _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] },
        { abortSignal: AbortSignal.timeout(callMs) },
      )
    } catch (error) {
      if (client === fresh) await noteFailure(failureOf(error))
    }
  }

  /** What a refused call says about the account itself. */
  async function noteFailure(failure: MessengerError): Promise<void> {
    if (failure.code === 'frozen' && state !== 'frozen') {
      await alarm('frozen', 'Telegram froze the account: it can only read. Appeal in the Telegram app')
    } else if (failure.code === 'logged-out' && (state === 'online' || state === 'frozen')) {
      const why =
        failure.message === 'AUTH_KEY_DUPLICATED'
          ? 'the login was used in two places at once, so Telegram ended it: find the other place, then log in again'
          : 'the login was ended from another device: log in again'
      await alarm('logged_out', `${why} (${failure.message})`)
      await storage?.wipe()
      rest = Promise.withResolvers()
      round.abort()
    } else if (failure.code === 'banned') {
      await alarm('banned', `Telegram banned the account (${failure.message})`)
      life?.end.abort()
    }
  }

  async function alarm(next: AccountState, detail: string): Promise<void> {
    log.error({ account: id, state: next, detail }, 'A Telegram account needs a human')
    await audit(db, { actor: 'system', action: `telegram.${next}`, details: { account: id, detail } })
    await enter(next, detail)
  }

  async function disconnect(): Promise<void> {
    const old = client
    client = null
    linked = false
    if (state === 'online' || state === 'connecting') state = 'disabled'
    if (!old) return
    // A call that hangs in the library must not hold up the end of the process, nor the lock that another one waits for.
    await within(callMs, old.destroy()).catch((error: unknown) =>
      log.warn({ err: error, account: id }, 'The Telegram client did not end well'),
    )
  }

  async function run(signal: AbortSignal): Promise<void> {
    let delay = 1000
    while (!signal.aborted) {
      try {
        await live(signal)
        delay = 1000
      } catch (error) {
        if (signal.aborted) return
        log.warn({ err: error, account: id }, 'Telegram was not reached; it is tried again')
        await enter('error', errorText(error)).catch(() => {})
        rest.resolve()
        await sleep(delay, undefined, { signal }).catch(() => {})
        delay = Math.min(15_000, delay * 2)
      }
    }
  }

  async function end(): Promise<void> {
    const old = life
    life = null
    old?.end.abort()
    await old?.done
    state = 'disabled'
  }

  const settled = () => Promise.race([rest.promise, sleep(10_000, undefined, { ref: false })])

  const needClient = (): TelegramClient => {
    if (!life) throw new Problem('conflict', `The account ${id} is stopped: action start`)
    if (!client)
      throw new Problem(
        'conflict',
        `The account ${id} is connected by another process, or not yet by this one`,
      )
    return client
  }
  const notOnline = (): TelegramClient => {
    if (state === 'online') throw new Problem('conflict', `The account ${id} is logged in already`)
    return needClient()
  }

  return {
    id,
    /** Whether messages can go out through this process now. */
    isReady: () => state === 'online' && linked,
    /** Runs one call to Telegram. @throws MessengerError */
    ask: async <Value>(call: (ready: TelegramClient) => Promise<Value>): Promise<Value> => {
      if (state !== 'online' || !client || !linked)
        throw new MessengerError('not-ready', `The account ${id} is not online here`)
      try {
        return await within(callMs, call(client))
      } catch (error) {
        const failure = failureOf(error)
        await noteFailure(failure)
        throw failure
      }
    },
    status: async (): Promise<AccountStatus | null> => {
      const [row] = await readAccounts(db, id)
      return row ? { ...row, qr: logIn.shownQr() } : null
    },
    /** Begins to live; resolves when it is online, waits for a login, or another process has the account. */
    start: async () => {
      if (!life) {
        const controller = new AbortController()
        rest = Promise.withResolvers()
        life = { end: controller, done: run(controller.signal) }
      }
      await settled()
    },
    settled,
    isRunning: () => life !== null && !life.end.signal.aborted,
    end,
    login: {
      phone: (number: string) => logIn.phone(notOnline(), number),
      code: (code: string) => logIn.code(notOnline(), code),
      password: (secret: string) => logIn.password(notOnline(), secret),
      qr: () => logIn.qrCode(notOnline(), round.signal),
    },
    logout: async () => {
      const [old, kept, before] = [needClient(), storage, state]
      // That the login is gone is no news from here on.
      state = 'logged_out'
      await within(callMs, old.logOut()).catch((error: unknown) => {
        if (failureOf(error).code === 'logged-out') return
        state = before
        throw failureOf(error)
      })
      await enter('logged_out', 'logged out on request')
      await kept?.wipe()
      await logIn.reset()
      rest = Promise.withResolvers()
      round.abort()
      await settled()
    },
  }
}

/** Resolves when the client has begun to ask for what it missed, and is done. */
const untilCaughtUp = (client: TelegramClient) =>
  new Promise<void>((resolve) => {
    let updating = false
    client.onConnectionState.add(function listen(connection) {
      if (connection === 'updating') updating = true
      if (!updating || connection !== 'connected') return
      client.onConnectionState.remove(listen)
      resolve()
    })
  })

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const timer = new AbortController()
  const late = sleep(ms, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw new MessengerError('no-answer', `Telegram did not answer within ${ms / 1000} s`)
  })
  late.catch(() => {})
  return Promise.race([work, late]).finally(() => timer.abort())
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
