import type { Page } from 'playwright-core'
import { ownerEmail } from '../../local/n8n/n8n.ts'
import type { System } from '../../local/system/system.ts'

/** Logs into n8n's editor as its owner. */
export async function logIn(page: Page, { urls, config }: Pick<System, 'urls' | 'config'>): Promise<void> {
  await page.goto(`${urls.n8n}/signin`)
  await page.locator('input[name=emailOrLdapLoginId]').fill(ownerEmail(config))
  await page.locator('input[name=password]').fill(config.settings.N8N_BASIC_AUTH_PASSWORD)
  await page.locator('input[name=password]').press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/signin'))
}

/** Opens a workflow and waits until its nodes are drawn. */
export async function openWorkflow(page: Page, n8n: string, id: string): Promise<void> {
  await page.goto(`${n8n}/workflow/${id}`)
  await page.locator('[data-test-id="canvas-node"]').first().waitFor()
  await page.locator('[data-test-id="zoom-to-fit"]').click()
}

/** Names of the nodes whose type n8n does not know: it shows them with a question mark. */
export async function unknownNodes(page: Page): Promise<string[]> {
  const response = await page.request.get(new URL('/types/nodes.json', page.url()).href)
  const known = new Set(((await response.json()) as { name: string }[]).map(({ name }) => name))
  const shown = await page
    .locator('[data-test-id="canvas-node"][data-node-type]')
    .evaluateAll((nodes) => nodes.map((node) => [node.getAttribute('data-node-type'), node.textContent]))
  return shown.flatMap(([type, text]) => (known.has(type ?? '') ? [] : [text ?? '']))
}

/** Names of the nodes that the editor marks with an issue or an error. */
export const redMarks = (page: Page): Promise<string[]> =>
  page
    .locator('[data-test-id="canvas-node"]')
    .evaluateAll((nodes) =>
      nodes
        .filter((node) =>
          node.querySelector('[class*="_issues_"], [class*="_error_"], [class*="_notInstalled_"]'),
        )
        .map((node) => node.getAttribute('data-node-name') ?? 'without a name'),
    )

/** Executes the workflow from its manual trigger with a click. @returns the names of the nodes that are green then */
export async function executeRehearsal(page: Page): Promise<string[]> {
  await page.locator('[data-test-id="canvas-node"][data-node-name="Try it"]').hover()
  await page.locator('[data-test-id="execute-workflow-button-Try it"]').click()
  await page
    .locator('[data-test-id="canvas-node"][data-node-name="Said, card written, done"]')
    .locator('[data-test-id="canvas-node-status-success"]')
    .waitFor()
  return page
    .locator('[data-test-id="canvas-node"]:has([data-test-id="canvas-node-status-success"])')
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name') ?? ''))
}
