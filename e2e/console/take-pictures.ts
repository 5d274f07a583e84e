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

type Shot = [name: string, look: Look, path: string, act?: (page: Page) => Promise<unknown>]
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
  ['numbers-dark', { theme: 'dark' }, '/app/numbers'],
  ['numbers', {}, '/app/numbers'],
  ['health', {}, '/app/health'],
  ['people', {}, '/app/people'],
  ['alerts', {}, '/app/alerts'],
  ['audit', { language: 'en' }, '/app/audit'],
  ['setup', { theme: 'dark' }, '/app/setup'],
  ['setup-phone', { phone: true, language: 'en' }, '/app/setup'],
  ['setup-rules', {}, '/app/setup?part=business'],
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
  for (const [name, look, path, act] of shots) {
    if (only.length > 0 && !only.includes(name)) continue
    const page = await browsers.openPage(look)
    if (!look.phone) await page.setViewportSize({ width: 1280, height: 800 })
    if (path === '/logout') await page.goto(`${url}/`)
    else {
      await comeIn(page, app, url, look)
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
