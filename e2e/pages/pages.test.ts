import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { startTelegram } from '../../simulators/telegram/start.ts'
import { ask, until } from '../system.ts'

type BoardCard = {
  lead: {
    status_id: number
    updated_by: number
    responsible_user_id: number
    loss_reason_id: number | null
    is_deleted: boolean
  }
  notes: { created_by: number }[]
  fields: Record<string, unknown>
}

const executablePath = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim()
const quiet = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

describe(
  'the pages of the simulators, in a browser',
  { skip: executablePath ? false : 'chromium is not installed' },
  () => {
    let browser: BrowserContext
    let simulators: { url: string; close: () => Promise<void> }[]
    const profile = mkdtempSync(join(tmpdir(), 'lead-pages-'))
    const problems: string[] = []

    before(async () => {
      simulators = await Promise.all([
        startTelegram({ port: 0, controlPort: 0 }),
        startAmocrm({ port: 0 }),
        startGoogle({ port: 0 }),
      ])
      const root = process.getuid?.() === 0
      browser = await chromium.launchPersistentContext(profile, {
        executablePath,
        headless: true,
        args: root ? [...quiet, '--no-sandbox'] : quiet,
      })
    })
    after(async () => {
      await browser.close()
      await Promise.all(simulators.map((simulator) => simulator.close()))
      rmSync(profile, { recursive: true, force: true })
    })

    const open = async (url: string, language: 'ru' | 'en'): Promise<Page> => {
      const page = await browser.newPage()
      page.on('pageerror', (error) => problems.push(String(error)))
      page.setDefaultTimeout(10_000)
      await page.goto(`${url}/?lang=${language}`)
      return page
    }

    test('phone: a person is made and writes to the seller', async () => {
      const url = simulators[0]!.url
      const page = await open(url, 'ru')
      await page.getByText('Новый человек').click()
      await page.locator('input[name=firstName]').fill('Вера <b>')
      await page.locator('input[name=username]').fill('vera_page')
      await page.locator('input[name=username]').press('Enter')
      await page.getByRole('textbox', { name: 'Сообщение' }).fill('Добрый день!')
      await page.getByRole('textbox', { name: 'Сообщение' }).press('Enter')
      const [person] = (await ask(`${url}/_sim/people`)).body as { id: number; firstName: string }[]
      assert.equal(person?.firstName, 'Вера <b>')
      await until('the message is there', async () => {
        const chat = (await ask(`${url}/_sim/people/${person!.id}/chat`)).body as {
          messages: { text: string }[]
        }
        return chat.messages.some((message) => message.text === 'Добрый день!') ? true : null
      })
      await page.getByText('Добрый день!').first().waitFor()
      await page.close()
    })

    test('phone: Start by a link, a voice note and a file, two phones side by side', async () => {
      const url = simulators[0]!.url
      type Sent = { text: string; media?: string; file?: { name?: string; size: number; type: string } }
      const say = (path: string, json: object) => ask(`${url}/_sim/${path}`, { json })
      const [bot] = (await ask(`${url}/_sim/bots`)).body as { id: number; username: string }[]
      const person = async (firstName: string) =>
        (await say('people', { firstName })).body as { id: number; firstName: string }
      const [anna, boris] = [await person('Anna'), await person('Boris')]
      await say(`people/${boris.id}/say`, { text: 'Hello from Boris' })
      const page = await open(url, 'en')
      await page.setViewportSize({ width: 1300, height: 900 })
      await page.getByRole('button', { name: 'Anna' }).click()
      await page.getByRole('button', { name: 'Boris' }).click()
      assert.equal(await page.locator('.phone').count(), 2)
      const phone = page.locator('.phone').first()

      await phone.getByRole('button', { name: 'Open a link' }).click()
      await phone.getByRole('textbox', { name: 'Link' }).fill(`t.me/${bot!.username}?start=abc`)
      await phone.getByRole('button', { name: 'Open', exact: true }).click()
      await phone.getByRole('button', { name: 'START' }).click()
      await phone.getByText('/start abc').waitFor()
      await phone.getByRole('button', { name: 'Voice message' }).click()
      await phone.getByRole('button', { name: 'Play' }).waitFor()
      const content = Buffer.from('the plan')
      await phone
        .locator('input[type=file]')
        .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: content })
      await phone.getByText('plan.txt').waitFor()

      const chat = (await ask(`${url}/_sim/people/${anna.id}/chat?accountId=${bot!.id}`)).body as {
        messages: Sent[]
      }
      const [, voice, plan] = chat.messages
      assert.equal(voice?.media, 'voice')
      assert.ok(voice.file!.size > 1000)
      assert.deepEqual(plan?.file, {
        ...plan?.file,
        name: 'plan.txt',
        size: content.length,
        type: 'text/plain',
      })
      await page.setViewportSize({ width: 400, height: 800 })
      await page.locator('.phone').nth(1).waitFor({ state: 'detached' })
      await page.close()
    })

    test('board: a new lead is made and its card opened', async () => {
      const url = simulators[1]!.url
      const page = await open(url, 'en')
      await page.getByRole('button', { name: 'New lead' }).click()
      const form = page.locator('#new-lead')
      await form.locator('input').first().fill('Request from the page')
      await form.locator('button.primary, button[type=submit]').first().click()
      await page.getByText('Request from the page').first().click()
      await page.locator('#card').waitFor({ state: 'visible' })
      const board = (await ask(`${url}/_sim/board`)).body as { leads: { name: string }[] }
      assert.equal(board.leads[0]?.name, 'Request from the page')
      await page.close()
    })

    test('board: a person moves, loses, deletes and restores a lead, and writes into its card', async () => {
      const url = simulators[1]!.url
      const made = await ask(`${url}/_sim/leads`, { json: { name: 'Card', contact: { name: 'Ivan' } } })
      const { leadId } = made.body as { leadId: number }
      const page = await open(url, 'en')
      const card = page.locator('#card')
      const lead = async () => (await ask(`${url}/_sim/leads/${leadId}`)).body as BoardCard
      const has = (what: string, probe: (one: BoardCard) => boolean) =>
        until(what, async () => (probe(await lead()) ? true : null))

      await page.getByLabel('Acting as').selectOption('9000003')
      await page.locator(`[data-ticket="${leadId}"] .more`).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitemradio').nth(2).focus()
      await page.keyboard.press('Enter')
      await has('it is moved by the menu', (one) => one.lead.status_id === 3004)
      assert.equal((await lead()).lead.updated_by, 9000003)
      await page.locator(`[data-lead="${leadId}"]`).press('Alt+ArrowLeft')
      await has('it is moved by the keys', (one) => one.lead.status_id === 3003)
      const target = page.locator('[data-column="3005"]')
      await page.locator(`[data-ticket="${leadId}"]`).dragTo(target)
      await has('it is moved by dragging', (one) => one.lead.status_id === 3005)

      await page.locator(`[data-lead="${leadId}"]`).click()
      await card.getByRole('textbox', { name: 'Write a note' }).fill('From <b>Ivan</b>')
      await card.getByRole('button', { name: 'Add' }).click()
      await card.getByText('From <b>Ivan</b>').waitFor()
      assert.equal((await lead()).notes[0]?.created_by, 9000003)
      const need = card.getByRole('textbox', { name: /^(Потребность|Need)$/ })
      await need.fill('A CRM')
      await need.press('Enter')
      await has('the field is written', (one) => one.fields['NEED'] === 'A CRM')
      await ask(`${url}/_sim/leads/${leadId}/note`, { json: { text: 'From elsewhere' } })
      await card.getByText('From elsewhere').waitFor()
      await card.getByLabel('Responsible').selectOption('9000001')
      await has('it is handed over', (one) => one.lead.responsible_user_id === 9000001)
      await card.getByRole('tab', { name: 'Chat' }).click()
      assert.equal(await card.getByRole('button', { name: 'Send' }).isDisabled(), true)

      await card.getByRole('button', { name: 'Lost' }).click()
      await page.locator('#lost select').selectOption('6002')
      await page.getByRole('button', { name: 'Close as lost' }).click()
      await has('it is lost', (one) => one.lead.status_id === 143 && one.lead.loss_reason_id === 6002)
      await card.getByRole('button', { name: 'Delete' }).click()
      await card.getByText('This deal is deleted').waitFor()
      await card.getByRole('button', { name: 'Restore' }).click()
      await has('it is back', (one) => !one.lead.is_deleted)
      await page.close()
    })

    test("week: what is in the calendar shows, in the seller's zone", async () => {
      const url = simulators[2]!.url
      const start = new Date(Date.now() + 3_600_000).toISOString()
      const end = new Date(Date.now() + 7_200_000).toISOString()
      await ask(`${url}/_sim/events`, { json: { summary: 'Dentist', start, end } })
      const page = await open(url, 'en')
      await page.getByText('Dentist').first().waitFor({ state: 'attached' })
      assert.match((await page.textContent('body')) ?? '', /Moscow/)
      await page.close()
    })

    test('no page met an error of its own', () => assert.deepEqual(problems, []))
  },
)
