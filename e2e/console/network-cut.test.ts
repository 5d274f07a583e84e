import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as passing } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { openApp } from '../../api/src/testing/open-app.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { comeIn, openBrowsers, openLine, serveConsole, skip } from './open-console.ts'

const minuteMs = 60_000

describe('the network is away for a whole minute', { skip }, () => {
  let database: Awaited<ReturnType<typeof startTestDatabase>>
  let app: ReturnType<typeof openApp>
  let served: Awaited<ReturnType<typeof serveConsole>>
  let browsers: Awaited<ReturnType<typeof openBrowsers>>
  const lines: Awaited<ReturnType<typeof openLine>>[] = []

  before(async () => {
    database = await startTestDatabase()
    app = openApp(database.url)
    await addLead(app.db, 1, { contact_name: 'Анна Живая' })
    await app.db.query(
      `insert into conversations (lead_id, channel, account_id, peer_id) values (1, 'telegram', 'main', 5501)`,
    )
    served = await serveConsole(app)
    browsers = await openBrowsers()
  })
  after(async () => {
    await browsers?.close()
    for (const line of lines) await line.close()
    await served?.close()
    await app?.db.end()
    await database?.stop()
  })

  const says = (text: string) =>
    app.db.query(
      `insert into messages (conversation_id, lead_id, direction, author, text, sent_at)
       select id, 1, 'in', 'lead', $1, now() from conversations where lead_id = 1`,
      [text],
    )
  const talkOf = (page: Page) => page.getByRole('log')

  /** Somebody who looks at the lead, over a line of their own. */
  async function watch(language: 'ru' | 'en') {
    const line = await openLine(served.url)
    lines.push(line)
    const page = await browsers.openPage({ language })
    await comeIn(page, app, line.url, { role: 'manager', name: language })
    await page.goto(`${line.url}/app/inbox/all?lead=1`)
    await talkOf(page).getByText('before', { exact: true }).waitFor()
    return { line, page }
  }

  test('refused or swallowed: the page says how old it is; afterwards nothing is missing and nothing is there twice', async (t) => {
    await says('before')
    const refused = await watch('ru')
    // Nobody is told anything: packets vanish, as in a lift.
    const swallowed = await watch('en')
    refused.line.cut()
    swallowed.line.hold()
    const cutAt = performance.now()

    await refused.page.getByText(/Нет связи. На экране то, что было в \d\d:\d\d, \d+ с назад/).waitFor()
    const field = refused.page.getByRole('textbox', { name: 'Ответ' })
    await field.fill('written without a network')
    await refused.page.keyboard.press('Control+Enter')
    await refused.page.getByText('посмотрите, дошло ли').waitFor()
    assert.equal(await field.inputValue(), 'written without a network')

    const said = ['before']
    for (let n = 1; performance.now() - cutAt < minuteMs; n++) {
      await says(`meanwhile ${n}`)
      said.push(`meanwhile ${n}`)
      await passing(5000)
    }
    await swallowed.page.getByText(/No connection. What you see is of \d\d:\d\d, \d+ s ago/).waitFor()
    for (const { page } of [refused, swallowed])
      assert.deepEqual(await talkOf(page).getByText('meanwhile').count(), 0)

    refused.line.mend()
    swallowed.line.mend()
    const mendedAt = performance.now()
    for (const { page } of [refused, swallowed]) {
      await talkOf(page).getByText(said.at(-1)!, { exact: true }).waitFor()
      await page.getByText(/Нет связи|No connection/).waitFor({ state: 'detached' })
    }
    t.diagnostic(`both have all of it ${Math.round(performance.now() - mendedAt)} ms after the minute`)
    // The words that did not get through are sent by the same key: they are said once.
    await field.focus()
    await refused.page.keyboard.press('Control+Enter')
    await talkOf(swallowed.page).getByText('written without a network').waitFor()
    await says('after')
    said.push('written without a network', 'after')
    for (const { page } of [refused, swallowed]) {
      await talkOf(page).getByText('after', { exact: true }).waitFor()
      const shown = await talkOf(page)
        .getByText(/^(before|meanwhile \d+|after|written without a network)$/)
        .allTextContents()
      assert.deepEqual(shown, said)
    }
    assert.deepEqual(
      await rowsOf<{ text: string }>(app.db, 'select text from messages where lead_id = 1 order by id').then(
        (rows) => rows.map(({ text }) => text),
      ),
      said,
    )
    assert.deepEqual(browsers.problems, [])
  })
})
