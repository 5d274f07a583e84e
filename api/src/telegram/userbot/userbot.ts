import type { TelegramClient } from '@mtcute/node'
import type { App } from '../../app.ts'
import { audit } from '../../database/audit.ts'
import { Problem } from '../../http/problems.ts'
import { findMissedMessages } from '../find-missed-messages.ts'
import type { AccountStatus, Messenger, Peer } from '../messenger.ts'
import { MessengerError } from '../messenger-error.ts'
import { type Account, createAccount, type UserbotPorts } from './account.ts'
import { type Deed, withinLimits } from '../pace/limits.ts'
import { quietly } from '../quietly.ts'
import { addAccount, readAccounts } from './account-record.ts'
import { knowsAccount } from './acquaintance.ts'
import { checkAccount } from './check-account.ts'
import { createKeyring } from '../../secrets/keyring.ts'
import { randomId } from './random-id.ts'
import { reachLead } from './reach-lead.ts'
import { rotateKey } from '../../secrets/rotate-key.ts'
import { fetchDialogs, fetchHistory, markRead } from './read-chats.ts'

/** The account of an install that has one. */
const mainId = 'main'
const watchMs = 2000
/** What people asked of them at another process is seen after this; what is to run here and does not is started again at once. */
const lookMs = 30_000

/**
 * The sellers' own Telegram accounts: one connection each, held by one process at a time. With the simulator they log in by
 * themselves; with the real Telegram a person logs in once, by QR code or code.
 */
export function createUserbot(
  app: UserbotPorts & Pick<App, 'business' | 'now' | 'quietHours'>,
  { probeMs = 40_000, callMs = 30_000 }: { probeMs?: number; callMs?: number } = {},
): Messenger {
  const { db, log, config } = app
  const keyring = createKeyring(config.appKey, config.appKeyOld)
  const accounts = new Map<string, Account>()
  let watching: AbortController | null = null
  let looking: Promise<void> = Promise.resolve()
  let closed = false

  const accountOf = (id: string): Account => {
    const known = accounts.get(id)
    if (known) return known
    const made = createAccount(app, id, { keyring, probeMs, callMs, onCaughtUp: () => void reconcile(id) })
    accounts.set(id, made)
    return made
  }

  const reconcile = (id: string) =>
    findMissedMessages({ ...app, telegram: messenger }, id).catch((error: unknown) =>
      log.warn({ err: error, account: id }, 'The history was not read; it is tried again'),
    )

  /** Follows what people asked of the accounts, here or at another process. */
  function watch(): Promise<void> {
    looking = looking.catch(() => {}).then(look)
    return looking
  }

  let lookedAt = 0
  let wanted: string[] = []

  async function look(): Promise<void> {
    if (closed) return
    lookedAt = Date.now()
    const { rows } = await db.query<{ id: string; enabled: boolean; state: string }>(
      'select id, enabled, state from telegram_accounts',
    )
    wanted = rows.filter(({ enabled, state }) => enabled && state !== 'banned').map(({ id }) => id)
    await Promise.all(
      rows.map(async ({ id, enabled, state }) => {
        const account = accountOf(id)
        if (!enabled && account.isRunning()) await account.end()
        if (enabled && state !== 'banned' && !account.isRunning() && !closed) await account.start()
      }),
    )
  }

  async function keepWatching(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, watchMs).unref()
        signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
      })
      if (signal.aborted) return
      if (Date.now() - lookedAt < lookMs && wanted.every((id) => accountOf(id).isRunning())) continue
      await watch().catch((error: unknown) =>
        log.warn({ err: error }, 'The Telegram accounts were not looked after'),
      )
    }
  }

  async function askFreely<Value>(
    id: string,
    read: (client: TelegramClient) => Promise<Value>,
  ): Promise<Value> {
    const account = accounts.get(id)
    if (!account) throw new MessengerError('not-ready', `The account ${id} is not online here`)
    return account.ask(read)
  }
  const ask = <Value>(deed: Deed, call: (client: TelegramClient) => Promise<Value>) =>
    withinLimits(app, deed, () => askFreely(deed.accountId, call))
  const sign = (peer: Peer, call: (client: TelegramClient) => Promise<unknown>) =>
    quietly(log, ask({ ...peer, kind: 'signs' }, call))
  const ready = () => [...accounts.values()].filter((account) => account.isReady()).map(({ id }) => id)

  async function status(id = mainId): Promise<AccountStatus> {
    const known = await accountOf(id).status()
    if (known) return known
    const phone = id === mainId ? config.telegram.phone : null
    return { account: id, state: 'disabled', detail: null, phone, userId: null, until: null, qr: null }
  }

  /** The account that somebody wants to log in with; a new name makes a new account. */
  async function toLogIn(id = mainId, phone: string | null = null): Promise<Account> {
    await addAccount(db, id, phone)
    await db.query('update telegram_accounts set enabled = true where id = $1', [id])
    const account = accountOf(id)
    await account.start()
    return account
  }

  const messenger: Messenger = {
    ready,
    accounts: async () => {
      const rows = await readAccounts(db)
      return Promise.all(rows.map(({ account }) => status(account)))
    },
    status,
    check: async (id) => {
      const rows = await readAccounts(db, id ?? null)
      const known = rows.length > 0 || id === undefined ? rows : [await status(id)]
      return Promise.all(known.map((row) => checkAccount(app, { ask, look: askFreely }, row)))
    },
    reach: (lead, conversation) => reachLead(app, { ready, ask, look: askFreely }, lead, conversation),
    opening: async () => ({ open: true }),
    invite: null,
    ownerOfConnection: null,
    markRead: (peer) => sign(peer, (client) => markRead(client, peer)),
    typing: (peer) => sign(peer, (client) => client.sendTyping(peer.peerId, 'typing')),
    sendText: async (peer, text, key) => {
      const isKnown = await askFreely(peer.accountId, (client) => knowsAccount(db, client, peer))
      try {
        const sent = await ask({ ...peer, kind: isKnown ? 'send' : 'stranger' }, (client) =>
          client.sendText(peer.peerId, text, {
            randomId: randomId(peer.accountId, key),
            disableWebPreview: true,
            abortSignal: AbortSignal.timeout(callMs),
          }),
        )
        return { messageId: sent.id, at: sent.date }
      } catch (error) {
        if (error instanceof Error && error.message === 'RANDOM_ID_DUPLICATE')
          return { messageId: null, at: null }
        throw error
      }
    },
    fetchHistory: (peer, after) =>
      ask({ ...peer, kind: 'history' }, (client) => fetchHistory(client, peer, after)),
    fetchDialogs: (accountId, after) =>
      ask({ accountId, kind: 'history' }, (client) => fetchDialogs(client, after)),
    download: (peer, messageId, maxBytes) =>
      ask({ ...peer, kind: 'files' }, async (client) => {
        const [message] = await client.getMessages(peer.peerId, messageId)
        const media = message?.media
        if (!media || !('fileId' in media) || (media.fileSize ?? 0) > maxBytes) return null
        const content = await client.downloadAsBuffer(media, { abortSignal: AbortSignal.timeout(callMs) })
        return content.length > maxBytes ? null : Buffer.from(content)
      }),
    login: {
      phone: async (phone, id = mainId) => {
        const account = await toLogIn(id, phone)
        const number =
          phone ?? (await account.status())?.phone ?? (id === mainId ? config.telegram.phone : null)
        if (!number)
          throw new Problem('invalid-request', 'phone is needed', [
            { field: 'phone', detail: 'is needed: the account has none yet' },
          ])
        await account.login.phone(number)
      },
      code: async (code, id) => (await toLogIn(id)).login.code(code),
      password: async (secret, id) => (await toLogIn(id)).login.password(secret),
      qr: async (id) => (await toLogIn(id)).login.qr(),
      logout: (id = mainId) => accountOf(id).logout(),
      rotateKey: () => rotateKey(db, keyring),
    },
    start: async (id) => {
      await addAccount(db, mainId, config.telegram.phone)
      if (id) {
        const { rowCount } = await db.query(
          `update telegram_accounts set enabled = true, state = case when state = 'banned' then 'need_login' else state end
           where id = $1`,
          [id],
        )
        if (!rowCount) throw new Problem('conflict', `There is no account ${id}: log in with it first`)
        await audit(db, { actor: 'human', action: 'telegram.started', details: { account: id } })
      }
      await watch()
      if (watching) return
      watching = new AbortController()
      void keepWatching(watching.signal)
    },
    stop: async (id = mainId) => {
      await db.query(
        `update telegram_accounts set enabled = false, state = 'disabled', state_detail = 'stopped' where id = $1`,
        [id],
      )
      await audit(db, { actor: 'human', action: 'telegram.stopped', details: { account: id } })
      await accounts.get(id)?.end()
    },
    close: async () => {
      closed = true
      watching?.abort()
      watching = null
      await Promise.all([...accounts.values()].map((account) => account.end()))
      await looking.catch(() => {})
    },
    whenLost: () => {},
  }
  return messenger
}
