import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fastify from 'fastify'
import { addControl } from '../shared/control.ts'
import { createFaults } from '../shared/faults.ts'
import { createJournal } from '../shared/journal.ts'
import { addPage } from '../shared/page.ts'
import { openStateFile } from '../shared/state-file.ts'
import { addGoogleApi } from './api.ts'
import { createPushes } from './channels.ts'
import { addGoogleControl } from './control.ts'
import { type OAuthClient, scopePrefix } from './oauth-client.ts'
import type { KnownAccount } from './known-account.ts'
import { putServiceAccount } from './service-accounts.ts'
import { type CalendarOption, emptyWorld, type Google, resetWorld, type World } from './world.ts'

export type GoogleOptions = {
  /** 0: any free port. */
  port: number
  host?: string
  /** JSON file that keeps the world over a restart. */
  stateFile?: string
  clientId?: string
  clientSecret?: string
  refreshToken?: string
  /** What the user consented to, full scope addresses. */
  scopes?: string[]
  /** The first one is `primary`. */
  calendars?: CalendarOption[]
  /** Service accounts that are known from the start. */
  serviceAccounts?: KnownAccount[]
}

const defaultCalendars = [{ id: 'seller@company.com', timeZone: 'Europe/Moscow' }]
const pageFiles = ['main.js', 'week.js', 'days.js', 'dialogs.js', 'words.js', 'style.css']

/** Google's token endpoint and Calendar API v3, with control API and page. @throws Error when the port is taken */
export async function startGoogle(
  options: GoogleOptions,
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const { port, host = '127.0.0.1', calendars = defaultCalendars } = options
  const client: OAuthClient = {
    clientId: options.clientId ?? 'mock_client_id',
    clientSecret: options.clientSecret ?? 'mock_secret',
    refreshToken: options.refreshToken ?? 'mock_refresh',
    scopes: options.scopes ?? [`${scopePrefix}calendar`, `${scopePrefix}calendar.events`],
  }
  const {
    state: world,
    changed,
    flush,
  } = openStateFile<World>(options.stateFile, () => emptyWorld(calendars))
  addMissing(world, calendars)
  for (const account of options.serviceAccounts ?? []) putServiceAccount({ world, changed }, account)

  const pushes = createPushes(() => google)
  const google: Google = {
    world,
    journal: createJournal(world.journal, changed),
    faults: createFaults(),
    changed,
    notify: pushes.notify,
  }

  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 3100 },
  })
  addControl(app, { ...google, reset: () => resetWorld(world, calendars) })
  addGoogleControl(app, google)
  addPage(app, join(import.meta.dirname, 'page'), pageFiles)
  addGoogleApi(app, google, client, pushes)

  await app.listen({ port, host }).catch((error: NodeJS.ErrnoException) => {
    const isTaken = error.code === 'EADDRINUSE'
    throw isTaken ? new Error(`Google simulator: port ${port} of ${host} is taken`, { cause: error }) : error
  })
  const address = app.addresses()[0] as AddressInfo
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    async close() {
      pushes.close()
      await app.close()
      flush()
    },
  }
}

function addMissing(world: World, calendars: CalendarOption[]): void {
  for (const calendar of calendars) {
    if (!world.calendars.some(({ id }) => id === calendar.id))
      world.calendars.push({ ...calendar, events: [] })
  }
}
