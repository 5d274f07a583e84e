import { subscribeHooks } from '../local/system/subscribe-hooks.ts'

/** Points the webhook of the amoCRM simulator at n8n. Does nothing to a real account. */
const {
  AMOCRM_API_KEY = '',
  AMOCRM_WEBHOOK_SECRET = '',
  SIM_HOST,
  SIM_AMOCRM_PORT,
  N8N_URL = '',
} = process.env
if (!AMOCRM_API_KEY.startsWith('mock_')) {
  console.log('AMOCRM_API_KEY is real: set the webhook in your account')
} else {
  await subscribeHooks(
    { simulators: ['amocrm'], settings: { AMOCRM_API_KEY, AMOCRM_WEBHOOK_SECRET } } as Parameters<
      typeof subscribeHooks
    >[0],
    { n8n: N8N_URL, amocrm: `http://${SIM_HOST}:${SIM_AMOCRM_PORT}` } as Parameters<typeof subscribeHooks>[1],
  )
  console.log(`amoCRM simulator: webhooks go to ${N8N_URL}`)
}
