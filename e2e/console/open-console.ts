import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Role } from '@lead/contract'
import { invite } from '../../api/src/console/people.ts'
import type { Ports } from '../../api/src/app.ts'
import { createServer } from '../../api/src/http/server.ts'
import type { App } from '../../api/src/app.ts'

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
  const open = new Set<{ context: BrowserContext; profile: string }>()

  async function openPage({ language = 'ru', theme = 'light', phone = false }: Look = {}): Promise<Page> {
    const profile = mkdtempSync(join(tmpdir(), 'lead-console-'))
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
      colorScheme: theme,
      locale: language === 'ru' ? 'ru-RU' : 'en-GB',
      timezoneId: 'Europe/Moscow',
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      ...(phone && { isMobile: true, hasTouch: true }),
    })
    open.add({ context, profile })
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text()))
        problems.push(message.text())
    })
    return page
  }

  return {
    problems,
    openPage,
    close: async () => {
      for (const { context, profile } of open) {
        await context.close()
        rmSync(profile, { recursive: true, force: true })
      }
    },
  }
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
