/**
 * Everything simulated and brought along, whatever real keys and servers .env holds: a demo or a test must not write to
 * anybody. Ports are chosen by the caller.
 */
export const simulatedSettings = {
  AMOCRM_API_KEY: 'mock_key_123',
  AMOCRM_BASE_URL: '',
  AMOCRM_CLIENT_ID: '',
  AMOCRM_CHATS_CHANNEL_ID: '',
  TELEGRAM_MODE: 'userbot',
  TELEGRAM_API_ID: 'mock_12345',
  TELEGRAM_API_HASH: 'mock_hash',
  TELEGRAM_BOT_TOKEN: 'mock_bot_456',
  TELEGRAM_PROXY: '',
  OPENAI_API_KEY: 'mock_openai_789',
  N8N_AI_OPENAI_API_KEY: 'mock_openai_789',
  ANTHROPIC_API_KEY: 'mock_anthropic_321',
  GOOGLE_CLIENT_ID: 'mock_client_id',
  GOOGLE_CLIENT_SECRET: 'mock_secret',
  GOOGLE_REFRESH_TOKEN: 'mock_refresh',
  GOOGLE_SERVICE_ACCOUNT: '',
  GOOGLE_SERVICE_ACCOUNT_SUBJECT: '',
  DATABASE_URL: '',
  DB_HOST: 'postgres',
  REDIS_HOST: '',
  API_URL: '',
  N8N_URL: '',
  N8N_ELSEWHERE: 'false',
  TURN_WORKFLOW: 'lead-processing',
  PUBLIC_URL: '',
}
