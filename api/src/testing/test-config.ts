import { type Config, readConfig } from '../settings/config.ts'

/** The fewest variables that the API starts with; every secret is a text of its own, so that a leak can be seen. */
export const testVariables = {
  NODE_ENV: 'test',
  // Where nothing listens: at the usual port somebody's system may run.
  N8N_URL: 'http://127.0.0.1:1',
  LOG_LEVEL: 'info',
  DATABASE_URL: 'postgres://leads:secret-database-password@127.0.0.1:5432/leads_db',
  API_TOKEN: 'secret-api-token-0123456789',
  DISPATCH_SECRET: 'secret-dispatch-0123456789',
  APP_KEY: Buffer.from('secret-app-key-of-32-bytes-long!').toString('base64'),
  AMOCRM_API_KEY: 'mock_secret-amocrm-token',
  AMOCRM_WEBHOOK_SECRET: 'secret-webhook-0123456789',
  TELEGRAM_API_ID: 'mock_12345',
  TELEGRAM_API_HASH: 'mock_secret-api-hash',
  GOOGLE_CALENDAR_EMAIL: 'olga@beacon.example',
  GOOGLE_CLIENT_ID: 'mock_client_id',
}

export const testConfig = (changes: Record<string, string | undefined> = {}): Config =>
  readConfig({ ...testVariables, ...changes })
