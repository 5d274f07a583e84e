import type { Config } from '../settings/config.ts'
import type { findUrls } from '../settings/service-environments.ts'

const events = [
  'add_lead',
  'update_lead',
  'status_lead',
  'responsible_lead',
  'delete_lead',
  'restore_lead',
  'note_lead',
  'add_contact',
  'update_contact',
]

/** The address that amoCRM calls: n8n's intake workflow, with the secret as its last part. */
export const hookAddress = (config: Config, urls: ReturnType<typeof findUrls>) =>
  `${urls.n8n}/webhook/lead-intake/amocrm/${config.settings.AMOCRM_WEBHOOK_SECRET}`

/**
 * Points the amoCRM simulator's webhook at n8n, as an integrator does in the settings of a real account. A real account is
 * never touched.
 */
export async function subscribeHooks(config: Config, urls: ReturnType<typeof findUrls>): Promise<void> {
  if (!config.simulators.includes('amocrm')) return
  const response = await fetch(`${urls.amocrm}/api/v4/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${config.settings.AMOCRM_API_KEY}`,
    },
    body: JSON.stringify({ destination: hookAddress(config, urls), settings: events }),
  })
  if (!response.ok)
    throw new Error(`The amoCRM simulator refused the webhook: ${response.status} ${await response.text()}`)
}
