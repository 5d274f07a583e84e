/**
 * Makes the pictures of the workflows as n8n's editor shows them: `node e2e/n8n/take-pictures.ts [FOLDER [NAME ...]]`. Without a folder they
 * go into docs/images.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { readJsonFiles } from '../../local/n8n/render-credentials.ts'
import { workflowFolder } from '../../local/n8n/provision.ts'
import { openBrowsers } from '../console/open-console.ts'
import { startTestSystem } from '../system.ts'
import { bringEvaluation } from './bring-evaluation.ts'
import { openSession } from './editor-session.ts'
import { executeRehearsal, logIn, openWorkflow } from './open-editor.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../../docs/images')
const only = process.argv.slice(3)
mkdirSync(folder, { recursive: true })
const wanted = (name: string) => only.length === 0 || only.includes(name)

/** The menus of the editor take room that the drawing needs. */
const withoutPanels = `[data-test-id="main-sidebar"], #sidebar, [data-test-id="logs-overview-header"], [class*="_aiAssistant"], .el-notification { display: none !important }`

const system = await startTestSystem({}, {}, { editor: true })
const browsers = await openBrowsers()
try {
  const page = await browsers.openPage({ language: 'en' })
  page.setDefaultTimeout(180_000)
  await page.setViewportSize({ width: 1600, height: 860 })
  await logIn(page, system)
  const shoot = async (name: string) => {
    await page.addStyleTag({ content: withoutPanels })
    await page.locator('[data-test-id="zoom-to-fit"]').click()
    await page.waitForTimeout(800)
    await page.screenshot({ path: join(folder, `n8n-${name}.png`) })
    console.log(name)
  }
  for (const { content } of readJsonFiles(workflowFolder)) {
    const { id, name } = content as { id: string; name: string }
    if (!wanted(name)) continue
    await openWorkflow(page, system.urls.n8n, id)
    await shoot(name)
  }
  for (const [name, id] of [
    ['rehearsal', 'leadProcessing01'],
    ['agent-rehearsal', 'leadAgent0000001'],
  ] as const) {
    if (!wanted(name)) continue
    await openWorkflow(page, system.urls.n8n, id)
    await executeRehearsal(page)
    await shoot(name)
  }
  if (wanted('evaluation')) {
    await evaluate(page)
    console.log('evaluation')
  }
} finally {
  await browsers.close()
  await system.stop()
}
process.exit()

async function evaluate(page: Page): Promise<void> {
  const said = await bringEvaluation(system, 24)
  const tab = /http\S+\/evaluation/.exec(said)?.[0]
  if (!tab) throw new Error(said)
  await page.goto(tab.replace(/\/evaluation$/, ''))
  await page.locator('[data-test-id="canvas-node"]').first().waitFor()
  await page.addStyleTag({ content: withoutPanels })
  await page.locator('[data-test-id="zoom-to-fit"]').click()
  await page.waitForTimeout(800)
  await page.screenshot({ path: join(folder, 'n8n-classifier-evaluation.png') })
  const session = await openSession(system.urls.n8n, system.config)
  const runs = `/workflows/${tab.split('/').at(-2)}/test-runs`
  await session.ask('POST', `${runs}/new`, {})
  for (;;) {
    const [run] = await session.ask<{ status: string }[]>('GET', runs)
    if (run && ['completed', 'error'].includes(run.status)) break
    await page.waitForTimeout(500)
  }
  await page.goto(tab)
  await page.waitForTimeout(4000)
  await page.screenshot({ path: join(folder, 'n8n-evaluation.png') })
}
