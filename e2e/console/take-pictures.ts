/**
 * Makes the pictures of the console, of sample leads: `node e2e/console/take-pictures.ts [FOLDER]`. Without a folder they go into
 * docs/images.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { openApp } from '../../api/src/testing/open-app.ts'
import { addWebhook } from '../../api/src/webhooks/manage-webhooks.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { comeIn, type Look, openBrowsers, serveConsole } from './open-console.ts'
import { addHistory, addSampleLeads } from './sample-leads.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../../docs/images')
const only = process.argv.slice(3)
mkdirSync(folder, { recursive: true })

const database = await startTestDatabase()
const app = openApp(database.url)
await saveSellers(app)
await addHistory(app.db)
const ids = await addSampleLeads(app.db)
const { url, close } = await serveConsole(app)
const browsers = await openBrowsers()

/** On a weekend the meetings to come are in the next week. */
const showMeetings = async (page: Page) => {
  if ((await page.getByText('Ольга Литвинова').count()) === 0)
    await page.getByRole('button', { name: 'Неделя позже' }).click()
}

/** Pages scroll inside of themselves: all of one is seen in a window that is high enough. */
const tall = (page: Page) => page.setViewportSize({ width: page.viewportSize()!.width, height: 1700 })
/** What the page asks gets no answer, or a bad one; who one is it hears all the same. */
const asked = /\/console\/(?!me|changes)/
const silent = (page: Page) => page.route(asked, () => new Promise(() => {}))
const broken = (page: Page) =>
  page.route(asked, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'about:blank', title: 'broken', status: 500, detail: 'broken' }),
    }),
  )
const failed = (page: Page) =>
  page
    .getByRole('button', { name: /Ещё раз|Try again/ })
    .first()
    .waitFor()
const offline = (page: Page) => page.context().setOffline(true)

type Act = (page: Page) => Promise<unknown>
type Shot = [name: string, look: Look, path: string, act?: Act | null, before?: Act]
const maria = ids.get('Мария Ковалёва')
const dmitry = ids.get('Дмитрий Орлов')
const shots: Shot[] = [
  ['inbox', {}, `/app/inbox/all?lead=${maria}`],
  ['why-dark', { theme: 'dark' }, `/app/inbox/attention?lead=${maria}&side=why`],
  ['attention-en', { language: 'en' }, `/app/inbox/attention?lead=${dmitry}`],
  ['phone-list', { phone: true }, '/app/inbox/all'],
  ['phone-talk', { phone: true, theme: 'dark' }, `/app/inbox/all?lead=${dmitry}`],
  ['phone-card', { phone: true }, `/app/inbox/all?lead=${maria}&side=card`],
  ['calendar', {}, '/app/calendar', showMeetings],
  ['calendar-phone', { phone: true }, '/app/calendar', showMeetings],
  [
    'calendar-move',
    { theme: 'dark' },
    '/app/calendar',
    async (page) => {
      await showMeetings(page)
      await page.getByRole('button', { name: /Ольга Литвинова/ }).click()
      await page.getByRole('button', { name: 'Перенести' }).click()
      await page.getByRole('blockquote').waitFor()
    },
  ],
  ['numbers-dark', { theme: 'dark' }, '/app/numbers'],
  ['numbers', {}, '/app/numbers'],
  ['numbers-all-dark', { theme: 'dark' }, '/app/numbers', tall],
  [
    'numbers-all-phone',
    { phone: true, language: 'en' },
    '/app/numbers',
    (page) => page.setViewportSize({ width: 390, height: 2600 }),
  ],
  ['health', {}, '/app/health'],
  ['people', {}, '/app/people'],
  ['alerts', {}, '/app/alerts'],
  ['audit', { language: 'en' }, '/app/audit'],
  ['setup', { theme: 'dark' }, '/app/setup'],
  ['setup-phone', { phone: true, language: 'en' }, '/app/setup'],
  ['setup-rules', {}, '/app/setup?part=business'],
  ['setup-rules-phone-dark', { phone: true, theme: 'dark' }, '/app/setup?part=business'],
  ['setup-knowledge-dark', { theme: 'dark', language: 'en' }, '/app/setup?part=knowledge'],
  [
    'setup-try-dark',
    { theme: 'dark' },
    '/app/setup?part=playground',
    (page) => page.getByRole('button', { name: 'С другим промптом' }).click(),
  ],
  ['alerts-dark-phone', { theme: 'dark', phone: true }, '/app/alerts'],
  ['health-phone-dark', { theme: 'dark', phone: true, language: 'en' }, '/app/health', tall],
  ['people-phone', { phone: true }, '/app/people'],
  ['audit-phone-dark', { phone: true, theme: 'dark' }, '/app/audit'],
  ['cases-empty-en', { language: 'en' }, '/app/cases'],
  ['card-all-en', { language: 'en' }, `/app/inbox/all?lead=${maria}`, tall],
  [
    'menu-phone',
    { phone: true },
    `/app/inbox/all?lead=${maria}`,
    (page) => page.getByRole('button', { name: 'Ещё' }).click(),
  ],
  ['not-found', {}, '/app/nowhere'],
  ['loading-inbox', {}, `/app/inbox/all?lead=${maria}`, null, silent],
  ['loading-numbers-dark', { theme: 'dark' }, '/app/numbers', null, silent],
  ['failed-inbox-dark', { theme: 'dark' }, `/app/inbox/all?lead=${maria}`, failed, broken],
  ['failed-numbers-phone', { phone: true, language: 'en' }, '/app/numbers', failed, broken],
  [
    'offline-phone',
    { phone: true },
    '/app/inbox/all',
    async (page) => {
      await offline(page)
      await page.getByText('Нет связи').waitFor()
    },
  ],
  [
    'connections',
    { language: 'en' },
    '/app/connections',
    async (page) => {
      for (const [address, events] of [
        [
          'https://crm.beacon.example/hooks/leads',
          ['lead.handed_off', 'meeting.booked', 'meeting.cancelled'],
        ],
        ['https://chat.beacon.example/in/7f2', ['meeting.booked']],
      ] as const)
        await addWebhook(app.db, { url: address, events: [...events] }, 'irina@beacon.example')
      await page.getByRole('button', { name: 'Make a key' }).click()
      await page.getByLabel('What is it for?').fill('Weekly report')
      await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click()
      await page.getByRole('button', { name: 'I have kept it' }).click()
      await page.getByText('chat.beacon.example').waitFor()
    },
  ],
  ['connections-phone', { phone: true, theme: 'dark' }, '/app/connections'],
  ['empty', {}, '/app/inbox/human?q=абракадабра'],
  ['keys', { theme: 'dark' }, `/app/inbox/all?lead=${maria}`, (page) => page.keyboard.press('?')],
  ['login', {}, '/logout'],
]

try {
  for (const [name, look, path, act, before] of shots) {
    if (only.length > 0 && !only.includes(name)) continue
    const page = await browsers.openPage(look)
    if (!look.phone) await page.setViewportSize({ width: 1280, height: 800 })
    if (path === '/logout') await page.goto(`${url}/`)
    else {
      await comeIn(page, app, url, look)
      await before?.(page)
      await page.goto(`${url}${path}`)
    }
    await page.waitForTimeout(900)
    await act?.(page)
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(folder, `console-${name}.png`) })
    await page.context().close()
    console.log(name)
  }
  console.log(browsers.problems)
} finally {
  await browsers.close()
  await close()
  await app.db.end()
  await database.stop()
}
process.exit()
