import { spawnSync } from 'node:child_process'
import { type AddressInfo, connect, createServer as createProxy, type Socket } from 'node:net'
import { chromium, type Page } from 'playwright-core'
import type { Role } from '@lead/contract/console'
import { invite } from '../../api/src/console/people.ts'
import type { App, Ports } from '../../api/src/app.ts'
import { createServer } from '../../api/src/http/server.ts'

export const executablePath = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim()
export const skip = executablePath ? false : 'chromium is not installed'
export const password = 'correct horse battery'

const quiet = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

/** The API with the console at an address that a browser can open. */
export async function serveConsole(app: App): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await createServer(app)
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: async () => void (await server.close()) }
}

/**
 * A line between a browser and the console. Cut, whoever is on it is off, and nobody gets through until it is mended; held, nothing goes
 * either way, and nobody is told.
 */
export async function openLine(to: string) {
  const { hostname, port } = new URL(to)
  const sockets = new Set<Socket>()
  let isCut = false
  let isHeld = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }
  const proxy = createProxy((near) => {
    keep(near)
    if (isCut) return void near.destroy()
    const far = connect(Number(port), hostname)
    keep(far)
    near.pipe(far).pipe(near)
    if (isHeld) still([near, far])
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve))
  const still = (held: Iterable<Socket>) => {
    for (const socket of held) {
      socket.unpipe()
      socket.pause()
    }
  }
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      drop()
    },
    hold: () => {
      isHeld = true
      still(sockets)
    },
    /** What hung on a held line is gone with it: a network that comes back mostly has another address. */
    mend: () => {
      isCut = false
      if (isHeld) drop()
      isHeld = false
    },
    close: async () => {
      drop()
      await new Promise((resolve) => void proxy.close(resolve))
    },
  }
}

export type Look = {
  language?: 'ru' | 'en'
  theme?: 'light' | 'dark'
  phone?: boolean
  role?: Role
  sellerId?: string
  name?: string
}

/** Browsers for one test file, each with its own cookies. `problems` are errors that any page met, breaches of its policy among them. */
export async function openBrowsers() {
  const problems: string[] = []
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
  })

  async function openPage({ language = 'ru', theme = 'light', phone = false }: Look = {}): Promise<Page> {
    const context = await browser.newContext({
      colorScheme: theme,
      locale: language === 'ru' ? 'ru-RU' : 'en-GB',
      timezoneId: 'Europe/Moscow',
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      ...(phone && { isMobile: true, hasTouch: true }),
    })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text()))
        problems.push(message.text())
    })
    return page
  }

  return { problems, openPage, close: () => browser.close() }
}

/** Opens the console as somebody who came in by a link. */
export async function comeIn(page: Page, app: Ports<'db'>, url: string, look: Look = {}): Promise<void> {
  const { role = 'owner', sellerId = null, name = 'Ирина Соколова' } = look
  const { token } = await invite(app.db, { role, sellerId }, { by: 'test' })
  await page.goto(`${url}/app/join#${token}`)
  await page.locator('input[name=name]').fill(name)
  await page.locator('input[name=email]').fill(`${role}-${token.slice(0, 6).toLowerCase()}@beacon.example`)
  await page.locator('input[name=password]').fill(password)
  await page.locator('input[name=password]').press('Enter')
  await page.waitForURL(/\/app\/inbox\//)
}
