import { MemoryStorage, NodePlatform, TelegramClient, networkMiddlewares, tl } from '@mtcute/node'
import { NodeCryptoProvider, addPublicKey } from '@mtcute/node/utils.js'
import type { ITelegramStorageProvider } from '@mtcute/node'

export type ServerInfo = {
  host: string
  port: number
  dcId: number
  publicKey: string
  accounts: { id: number; phone: string; loginCode: string; password?: string }[]
}

/** What a client has to know to reach the simulator whose control API is at `url`. */
export async function readServerInfo(url: string): Promise<ServerInfo> {
  return (await (await fetch(`${url}/_sim/server`)).json()) as ServerInfo
}

class QuietPlatform extends NodePlatform {
  // The stock platform installs signal handlers and sends the signal again; a service ends itself in its own order.
  override beforeExit = () => () => {}
}

/**
 * An unmodified mtcute client that trusts and uses the simulator instead of Telegram. Not connected yet. With the
 * `storage` of an earlier client it is the same login.
 */
export function createClient(
  server: ServerInfo,
  storage: ITelegramStorageProvider = new MemoryStorage(),
): TelegramClient {
  const crypto = new NodeCryptoProvider()
  addPublicKey(crypto, server.publicKey)
  const dc = { _: 'dcOption', id: server.dcId, ipAddress: server.host, port: server.port } as const
  return new TelegramClient({
    apiId: 12345,
    apiHash: 'simulated',
    storage,
    crypto,
    platform: new QuietPlatform(),
    defaultDcs: { main: dc, media: dc },
    logLevel: 0,
    updates: { catchUp: true },
    network: {
      middlewares: networkMiddlewares.basic({
        floodWaiter: { store: false, maxWait: 0, maxRetries: 0 },
        internalErrors: { maxRetries: 2, exceptErrors: ['RANDOM_ID_DUPLICATE'] },
      }),
    },
  })
}

/**
 * Logs the client in to the first seller account, with the password if it has one, and waits until it has its first
 * update state: the library fetches it in the background, and what is said before that is never reported.
 */
export async function logIn(client: TelegramClient, { accounts: [account] }: ServerInfo): Promise<void> {
  if (!account) throw new Error('The simulator has no account')
  const ready = caughtUp(client)
  const sent = await client.sendCode({ phone: account.phone })
  if (!('phoneCodeHash' in sent)) return
  try {
    await client.signIn({
      phone: account.phone,
      phoneCodeHash: sent.phoneCodeHash,
      phoneCode: account.loginCode,
    })
  } catch (error) {
    if (!tl.RpcError.is(error, 'SESSION_PASSWORD_NEEDED') || !account.password) throw error
    await client.checkPassword(account.password)
  }
  await ready
}

/** Resolves when the client has begun to catch up with missed updates, and is done. */
function caughtUp(client: TelegramClient): Promise<void> {
  return new Promise((resolve) => {
    let updating = false
    client.onConnectionState.add(function listen(state) {
      if (state === 'updating') updating = true
      if (!updating || state !== 'connected') return
      client.onConnectionState.remove(listen)
      resolve()
    })
  })
}
