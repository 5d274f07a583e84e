import { createBotClient } from '../../api/src/telegram/bot/bot-client.ts'
import { MessengerError } from '../../api/src/telegram/messenger-error.ts'
import { loginHints } from '../../api/src/telegram/userbot/login-hints.ts'
import { tryApp } from '../../api/src/telegram/userbot/try-app.ts'
import { readConfig } from '../../api/src/settings/config.ts'
import { isMock } from '../../api/src/settings/variables.ts'
import { effectiveVariables } from '../settings/service-environments.ts'
import { bad, good, type Part, type Question, type Row, type Values, type Way } from './part.ts'

const token: Question = { name: 'TELEGRAM_BOT_TOKEN', isSecret: true }
const byBot = (id: 'bot' | 'secretary'): Way => ({
  id,
  isReal: true,
  fixed: () => ({ TELEGRAM_MODE: id }),
  questions: [token],
  how: 'bot',
  step: id,
})

export const telegramPart: Part = {
  id: 'telegram',
  names: [
    'TELEGRAM_MODE',
    'TELEGRAM_API_ID',
    'TELEGRAM_API_HASH',
    'TELEGRAM_PHONE',
    'TELEGRAM_BOT_TOKEN',
    'PUBLIC_URL',
  ],
  ways: [
    {
      id: 'simulated',
      isReal: false,
      fixed: ({ TELEGRAM_MODE: mode }): Values =>
        mode === 'userbot'
          ? { TELEGRAM_API_ID: 'mock_12345', TELEGRAM_API_HASH: 'mock_hash' }
          : { TELEGRAM_BOT_TOKEN: 'mock_bot_456' },
      questions: [],
      how: 'none',
      step: 'nothing',
    },
    byBot('bot'),
    byBot('secretary'),
    {
      id: 'userbot',
      isReal: true,
      fixed: () => ({ TELEGRAM_MODE: 'userbot' }),
      questions: [
        { name: 'TELEGRAM_API_ID', isSecret: false },
        { name: 'TELEGRAM_API_HASH', isSecret: true, tidy: (typed) => typed.toLowerCase() },
        { name: 'TELEGRAM_PHONE', isSecret: false, tidy: (typed) => typed.replaceAll(/[\s()-]/g, '') },
      ],
      how: 'userbot',
      step: 'userbot',
    },
  ],
  wayOf: ({ TELEGRAM_MODE: mode, TELEGRAM_API_HASH: hash = '', TELEGRAM_BOT_TOKEN: bot = '' }) => {
    if (mode === 'bot' || mode === 'secretary') return bot && !isMock(bot) ? mode : 'simulated'
    return hash && !isMock(hash) ? 'userbot' : 'simulated'
  },
  check: async ({ config: local, places }) => {
    const config = readConfig(effectiveVariables(local))
    const telegram = { ...config.telegram, simulatorUrl: places.telegram ?? config.telegram.simulatorUrl }
    try {
      return telegram.mode === 'userbot'
        ? await checkApp(telegram)
        : [await checkBot({ ...config, telegram })]
    } catch (error) {
      if (error instanceof MessengerError) return [mend(error, telegram.mode)]
      throw error
    }
  },
}

type ApiConfig = ReturnType<typeof readConfig>

async function checkApp(telegram: ApiConfig['telegram']): Promise<Row[]> {
  await tryApp(telegram)
  return [good('api_id and api_hash', `Telegram takes ${telegram.apiId}`)]
}

async function checkBot(config: ApiConfig): Promise<Row> {
  const { api, ask, mode } = createBotClient({ config }, async () => {})
  const me = await ask(() => api.getMe())
  if (mode === 'secretary' && !me.can_connect_to_business)
    return bad(
      'business mode',
      `@${me.username} may be nobody's secretary`,
      '@BotFather > /mybots > the bot > Bot Settings > Business Mode (Secretary Mode in newer apps) > Turn on',
    )
  return good('bot', `@${me.username}`)
}

function mend({ code, message }: MessengerError, mode: ApiConfig['telegram']['mode']): Row {
  const hint = loginHints[message]
  if (hint) return bad('api_id and api_hash', `Telegram says ${message}`, hint)
  if (code === 'logged-out' && mode !== 'userbot')
    return bad(
      'token',
      message,
      'copy TELEGRAM_BOT_TOKEN anew: @BotFather > /mybots > the bot > API Token; after Revoke only the new one is good',
    )
  if (code === 'flood-wait') return bad('Telegram', message, 'wait as long as Telegram says, then try again')
  return bad(
    'Telegram',
    message,
    'look at the network of this machine: Telegram is restricted in some countries and by some hosters',
  )
}
