import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Config } from '../../local/settings/config.ts'
import { describeSystem } from '../../local/system/describe-system.ts'
import { startSystem, type System } from '../../local/system/system.ts'
import { openBrowsers, skip } from '../console/open-console.ts'
import { takePreparedConfig } from '../prepared-system.ts'
import { until } from '../system.ts'
import { openSession } from './editor-session.ts'
import { executeRehearsal, logIn, openWorkflow, redMarks, unknownNodes } from './open-editor.ts'

const workflows = {
  'lead-processing': 'leadProcessing01',
  'lead-processing-agent': 'leadAgent0000001',
  'lead-intake': 'leadIntake000001',
  'calendar-sync': 'calendarSync0001',
  enrich: 'leadEnrich000001',
  errors: 'leadErrors000001',
}

describe("n8n's editor, as a person uses it", { skip }, () => {
  let config: Config
  let free: () => void
  let system: System
  let browsers: Awaited<ReturnType<typeof openBrowsers>>
  let page: Page
  const start = async () => {
    system = await startSystem({ config, log: () => {}, durable: false })
  }
  before(async () => {
    ;({ config, free } = await takePreparedConfig({}))
    await start()
    browsers = await openBrowsers()
    page = await browsers.openPage({ language: 'en' })
    // The editor is some 15 MB of scripts.
    page.setDefaultTimeout(180_000)
    await logIn(page, system)
  })
  after(async () => {
    await browsers?.close()
    await system?.stop()
    free?.()
  })

  const outside = async () =>
    Promise.all(
      (['telegram', 'amocrm', 'google'] as const).map(async (name) => {
        const journal = (await (await fetch(`${system.urls[name]}/_sim/journal`)).json()) as unknown[]
        // What is only looked at is not counted.
        return JSON.stringify(journal).match(/"method":"(POST|PATCH|DELETE)"/g)?.length ?? 0
      }),
    )

  for (const [name, id] of Object.entries(workflows)) {
    test(`${name} opens with no unknown node and no red mark`, async () => {
      await openWorkflow(page, system.urls.n8n, id)
      assert.deepEqual(await unknownNodes(page), [])
      assert.deepEqual(await redMarks(page), [])
    })
  }

  test('a click plays an example turn to a green end, and nobody outside hears of it', async () => {
    const heard = await outside()
    await openWorkflow(page, system.urls.n8n, workflows['lead-processing'])
    const green = await executeRehearsal(page)
    for (const node of [
      'Example turn',
      'AI classifier',
      'AI sales',
      'Journal the decision',
      'Act on the decision',
      'Said, card written, done',
    ])
      assert.ok(green.includes(node), `${node} is not green: ${green.join(', ')}`)
    // A model that did not answer is marked, although the other one did.
    const red = (await redMarks(page)).filter((name) => !/^(OpenAI|Claude) \(/.test(name))
    assert.deepEqual(red, [])
    assert.deepEqual(await outside(), heard)
  })

  test('a Code node runs, and may require the calendar rules and nothing else', async () => {
    const editor = await openSession(system.urls.n8n, config)
    const code = (name: string) => `const { readTime } = require('${name}')
      return [{ json: readTime({ text: 'завтра в 11', reference: '2026-11-20T10:00:00+03:00', tz: 'Europe/Moscow' }) }]`
    const read = await editor.runCode(code('n8n-nodes-lead-processing/calendar-helpers.js'))
    assert.deepEqual((read as { found: unknown }).found, [{ point: '2026-11-21T11:00:00+03:00' }])
    await assert.rejects(editor.runCode(code('node:fs')), /disallowed/i)
  })

  test('an edited and published prompt is live after a restart, the login too; an unpublished workflow is named', async () => {
    const editor = await openSession(system.urls.n8n, config)
    const line = 'Never say the word synergy.'
    const saved = await editor.save(workflows['lead-processing'], ({ nodes }) => {
      const node = nodes.find(({ name }) => name === 'AI sales') ?? assert.fail('no AI sales')
      const parameters = node.parameters as { system: string }
      parameters.system += `\n${line}`
    })
    await editor.publish(saved)
    await editor.unpublish(workflows['lead-intake'])
    await system.stop()
    await start()

    assert.deepEqual(system.workflows.map(({ name, what }) => `${name}: ${what}`).toSorted(), [
      'lead-intake: unpublished',
      'lead-processing: edited',
    ])
    const said = describeSystem(system, 'en', null)
    assert.match(said, /lead-processing was edited in n8n\. Your version runs/)
    assert.match(said, /npm run n8n -- (diff|adopt|replace) lead-processing/)
    assert.match(said, /lead-intake is not published.*\/workflow\/leadIntake000001/)

    const again = await openSession(system.urls.n8n, config, editor.cookie())
    await again.whoAmI()
    assert.ok(JSON.stringify(await again.read(workflows['lead-processing'])).includes(line))

    // What the model is asked is what is live.
    await openWorkflow(page, system.urls.n8n, workflows['lead-processing'])
    await executeRehearsal(page)
    await until('the model was asked with the edit', async () => {
      const journal = await (await fetch(`${system.urls.llm}/_sim/journal`)).text()
      return journal.includes(line) || undefined
    })
  })
})
