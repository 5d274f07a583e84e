import { createBotClient } from '../../api/src/telegram/bot/bot-client.ts'
import { MessengerError } from '../../api/src/telegram/messenger-error.ts'
import { tryApp } from '../../api/src/telegram/userbot/try-app.ts'
import { readConfig } from '../../api/src/settings/config.ts'
import { isMock } from '../../api/src/settings/variables.ts'
import { effectiveVariables } from '../settings/service-environments.ts'
import {
  bad,
  type CheckWords,
  checkWords,
  good,
  type Part,
  type Question,
  type Row,
  type Values,
  type Way,
} from './part.ts'

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
  check: async ({ config: local, places, language }) => {
    const words = checkWords(language).telegram
    const config = readConfig(effectiveVariables(local))
    const telegram = { ...config.telegram, simulatorUrl: places.telegram ?? config.telegram.simulatorUrl }
    try {
      return telegram.mode === 'userbot'
        ? await checkApp(telegram, words)
        : [await checkBot({ ...config, telegram }, words)]
    } catch (error) {
      if (error instanceof MessengerError) return [mend(error, telegram.mode, words)]
      throw error
    }
  },
}

type ApiConfig = ReturnType<typeof readConfig>
type Words = CheckWords['telegram']

async function checkApp(telegram: ApiConfig['telegram'], words: Words): Promise<Row[]> {
  await tryApp(telegram)
  return [good(words.app, words.takes(telegram.apiId))]
}

async function checkBot(config: ApiConfig, words: Words): Promise<Row> {
  const { api, ask, mode } = createBotClient({ config }, async () => {})
  const me = await ask(() => api.getMe())
  if (mode === 'secretary' && !me.can_connect_to_business)
    return bad(words.businessMode, words.nobodysSecretary(me.username), words.switchBusinessOn)
  return good(words.bot, `@${me.username}`)
}

function mend({ code, message }: MessengerError, mode: ApiConfig['telegram']['mode'], words: Words): Row {
  const hints: Partial<Record<string, string>> = words.login
  const hint = hints[message]
  if (hint) return bad(words.app, words.says(message), hint)
  if (code === 'logged-out' && mode !== 'userbot')
    return bad(words.token, words.unknownToken, words.copyToken)
  if (code === 'flood-wait') return bad('Telegram', message, words.wait)
  return bad('Telegram', message, words.network)
}
