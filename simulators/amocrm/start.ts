import { join } from 'node:path'
import Fastify from 'fastify'
import { addControl } from '../shared/control.ts'
import { createFaults } from '../shared/faults.ts'
import { createJournal } from '../shared/journal.ts'
import { addPage } from '../shared/page.ts'
import { openStateFile } from '../shared/state-file.ts'
import type { Amocrm } from './amocrm.ts'
import { addApi } from './api/api.ts'
import { addFaultBody } from './api/fault-body.ts'
import { parseQuery } from './api/query.ts'
import { addSimRoutes } from './control/sim-routes.ts'
import { createHookSender } from './hooks/sender.ts'
import { completeWorld } from './complete-world.ts'
import { addAccountControl } from './control/account-routes.ts'
import { addChatRoutes } from './chats/chat-routes.ts'
import { addChatControl } from './control/chat-routes.ts'
import { addHookControl } from './control/hook-routes.ts'
import { addPeopleRoutes } from './control/people-routes.ts'
import { addTokenControl } from './control/token-routes.ts'
import { addOAuthRoutes } from './oauth/oauth-routes.ts'
import { addRequestJournal } from './request-journal.ts'
import { type AccountKind, type Lang, seedWorld } from './seed.ts'

export type AmocrmOptions = {
  /** 0 takes any free port. */
  port: number
  /** Default 127.0.0.1. */
  host?: string
  stateFile?: string
  /** The only bearer token let in; without it any token that is not empty. */
  token?: string
  /** The only secret let in at `/oauth2/access_token`; without it any that is not empty. */
  clientSecret?: string
  /** Default `demo`. */
  subdomain?: string
  /** Language of the seeded names, default `ru`. Only for a new world. */
  lang?: Lang
  /** Default `ready`. Only for a new world. */
  account?: AccountKind
  /** IANA zone of the account, default `Europe/Moscow`. */
  timeZone?: string
  /** Multiplies the waits between the attempts of a hook; default 1, the real times. */
  retryScale?: number
}

const pageFiles = [
  'board.js',
  'ticket.js',
  'stage-menu.js',
  'dialogs.js',
  'card.js',
  'details.js',
  'feed.js',
  'composer.js',
  'session.js',
  'texts.js',
  'board.css',
  'card.css',
]

type RunningAmocrm = { url: string; port: number; close: () => Promise<void> }

/** Starts the amoCRM simulator. @throws when the port is taken or the state file is broken. */
export async function startAmocrm(options: AmocrmOptions): Promise<RunningAmocrm> {
  const { host = '127.0.0.1', lang = 'ru', account = 'ready', retryScale = 1 } = options
  const { state: world, changed, flush } = openStateFile(options.stateFile, () => seedWorld(lang, account))
  completeWorld(world, seedWorld(lang))
  const journal = createJournal(world.journal, changed)
  const faults = createFaults()
  const hooks = createHookSender({ world, journal, faults, changed, retryScale })
  const amo: Amocrm = {
    world,
    journal,
    faults,
    hooks,
    changed,
    token: options.token,
    clientSecret: options.clientSecret,
    subdomain: options.subdomain ?? 'demo',
    lang,
    account,
    timeZone: options.timeZone ?? 'Europe/Moscow',
  }

  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    routerOptions: { querystringParser: parseQuery },
  })
  addRequestJournal(app, journal)
  addFaultBody(app)
  addControl(app, { journal, faults, reset: () => reset(amo) })
  addSimRoutes(app, amo)
  addPage(app, join(import.meta.dirname, 'page'), pageFiles)
  addOAuthRoutes(app, amo)
  addTokenControl(app, amo)
  addHookControl(app, amo)
  addChatControl(app, amo)
  addChatRoutes(app, amo)
  addAccountControl(app, amo)
  addPeopleRoutes(app, amo)
  addApi(app, amo)

  const url = await app.listen({ port: options.port, host })
  hooks.resume()
  return {
    url,
    port: Number(new URL(url).port),
    async close() {
      await app.close()
      await hooks.close()
      flush()
    },
  }
}

/** Removes people and what they did. Hook subscriptions, fields and tokens stay, and so do the counters: no id comes twice. */
function reset(amo: Amocrm): void {
  const { journal, counters, webhooks, fields, oauth, channel } = amo.world
  amo.hooks.clear()
  const { deliveries } = amo.world
  const kept = {
    journal,
    counters,
    webhooks,
    fields,
    deliveries,
    channel,
    oauth: { ...oauth, refuseAll: false },
  }
  Object.assign(amo.world, seedWorld(amo.lang, amo.account), kept)
  amo.changed()
}
