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
