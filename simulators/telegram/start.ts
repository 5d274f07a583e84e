import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { NodeCryptoProvider } from '@mtcute/node/utils.js'
import fastify from 'fastify'
import { addControl } from '../shared/control.ts'
import { createFaults } from '../shared/faults.ts'
import { createJournal } from '../shared/journal.ts'
import { addPage } from '../shared/page.ts'
import { openStateFile } from '../shared/state-file.ts'
import { firstBot } from './bot/bot.ts'
import { addBotRoutes } from './bot/bot-routes.ts'
import { createBotUpdates } from './bot/bot-updates.ts'
import { watchChats } from './bot/watch-chats.ts'
import { addAccountRoutes } from './control/account-routes.ts'
import { addBotControl } from './control/bot-routes.ts'
import { addChatRoutes, addFileRoutes } from './control/chat-routes.ts'
import { addPeopleRoutes } from './control/people-routes.ts'
import { serveConnection } from './mtproto/connection.ts'
import { openServerKey } from './mtproto/rsa.ts'
import { createDispatcher } from './rpc/dispatch.ts'
import { emptyLoginBook } from './rpc/login-book.ts'
import type { AccountSeed } from './world/account.ts'
import { type Centers, firstCenter } from './world/centers.ts'
import { reportedLimits } from './world/limits.ts'
import { emptyState } from './world/state.ts'
import { resetWorld } from './world/reset.ts'
import { type Limits, type World, emptyLive } from './world/world.ts'

export type TelegramOptions = {
  /** TCP port of the MTProto server; 0 is any free port. */
  port: number
  /** HTTP port of the Bot API, the control API and the phone page; 0 is any free port. */
  controlPort: number
  host?: string
  /** Where the world is kept over restarts. Without it, it is gone at the end. */
  stateFile?: string
  /** The seller account of a new world. */
  account?: AccountSeed
  /** How many updates are kept for clients that were away; whoever is further behind is told differenceTooLong. */
  keepUpdates?: number
  /** What accounts may do in a time; without it what is reported of the real Telegram, null: everything. */
  limits?: Limits | null
  /** The data centres, the one that clients come to first at the beginning; the others have ports of their own. Default: 2 alone. */
  dcIds?: [first: 2, ...others: number[]]
  /** How long the token of a QR login lives; Telegram's live for half a minute. */
  qrLifetimeMs?: number
}

export type TelegramSimulator = {
  /** Of the Bot API (`apiRoot` of a client), the control API and the phone page. */
  url: string
  /** Of the MTProto server. */
  port: number
  controlPort: number
  close: () => Promise<void>
}

/**
 * Starts a Telegram data centre that a real MTProto client can log in to, beside it the Bot API over HTTP for the same
 * people, and a control API with their phones.
 *
 * @throws when a port is taken, or when the state file is not JSON
 */
export async function startTelegram(options: TelegramOptions): Promise<TelegramSimulator> {
  const {
    host = '127.0.0.1',
    account,
    keepUpdates = 5000,
    limits = reportedLimits,
    qrLifetimeMs,
    dcIds = [firstCenter],
  } = options
  const crypto = new NodeCryptoProvider()
  await crypto.initialize()
  const file = openStateFile(options.stateFile, () => emptyState(account))
  const journal = createJournal(file.state.journal, file.changed)
  const world: World = {
    state: file.state,
    journal,
    faults: createFaults(),
    changed: file.changed,
    keepUpdates,
    limits,
    live: emptyLive(),
  }
  // A world of before there were bots.
  world.state.bots ??= [firstBot()]
  world.state.businessConnections ??= []
  file.changed()
  const updates = createBotUpdates(world)
  watchChats(world, updates)
  const serverKey = openServerKey(world.state.privateKey)
  const logins = emptyLoginBook(qrLifetimeMs)
  const centers: Centers = new Map()
  const backend = { world, logins, crypto, serverKey, dispatch: createDispatcher(crypto), centers }

  const sockets = new Set<Socket>()
  const disconnect = () => sockets.forEach((socket) => socket.destroy())
  const servers: Server[] = []
  const closeServers = async () => {
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
    disconnect()
    await Promise.all(closed)
  }
  for (const dcId of dcIds) {
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      serveConnection(socket, { ...backend, dcId })
    })
    servers.push(server)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(dcId === firstCenter ? options.port : 0, host, resolve)
    })
    centers.set(dcId, (server.address() as AddressInfo).port)
  }
  const port = centers.get(firstCenter)!

  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 30 * 1_048_576,
    routerOptions: { maxParamLength: 300 },
  })
  addControl(app, { journal, faults: world.faults, reset: () => resetWorld(world, account) })
  addPage(app, join(import.meta.dirname, 'page'), [
    'phone.css',
    'phone.js',
    'people.js',
    'chat.js',
    'bubble.js',
    'composer.js',
    'icons.js',
    'voice-note.js',
    'link-sheet.js',
    'voice.js',
    'texts.js',
  ])
  addPeopleRoutes(app, world, updates)
  addBotControl(app, world, updates)
  addBotRoutes(app, world, updates)
  addChatRoutes(app, world, centers)
  addFileRoutes(app, world, centers)
  addAccountRoutes(app, { world, logins, host, port, publicKey: serverKey.publicPem, centers, disconnect })
  try {
    await app.listen({ port: options.controlPort, host })
  } catch (error) {
    await closeServers()
    throw error
  }
  for (const bot of world.state.bots) updates.wake(bot)
  const controlPort = (app.server.address() as AddressInfo).port

  return {
    url: `http://${host}:${controlPort}`,
    port,
    controlPort,
    async close() {
      updates.close()
      await app.close()
      await closeServers()
      file.flush()
    },
  }
}
