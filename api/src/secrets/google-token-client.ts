import { createHmac } from 'node:crypto'

/**
 * As whom n8n asks the API for access tokens of Google while a service account is used: the values of its OAuth credential. The secret
 * is made from API_TOKEN and opens POST /google/token only; API_TOKEN itself is not sent there.
 */
export const googleTokenClient = (apiToken: string) => ({
  GOOGLE_CLIENT_ID: 'service-account',
  GOOGLE_CLIENT_SECRET: createHmac('sha256', apiToken).update('google token client').digest('base64url'),
  GOOGLE_REFRESH_TOKEN: 'service-account',
})
