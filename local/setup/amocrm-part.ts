import { AmocrmError } from '../../api/src/amocrm/amocrm-error.ts'
import { createAmocrm, requestsPerSecond } from '../../api/src/amocrm/client.ts'
import { inspectByToken, inspectHooks } from '../../api/src/amocrm/inspect-account.ts'
import { createMemoryGate } from '../../api/src/amocrm/memory-gate.ts'
import { setUpAccount } from '../../api/src/amocrm/set-up-account.ts'
import { mismatch, tokenInUse } from '../../api/src/amocrm/watch-token.ts'
import { readBusiness } from '../../api/src/settings/business.ts'
import { readConfig } from '../../api/src/settings/config.ts'
import { isMock } from '../../api/src/settings/variables.ts'
import { effectiveVariables } from '../settings/service-environments.ts'
import { bad, type CheckWords, checkWords, good, type Look, type Part, type Row } from './part.ts'

const noOauth = { AMOCRM_CLIENT_ID: '' }
const setup = 'npm run amocrm -- setup'

export const amocrmPart: Part = {
  id: 'amocrm',
  names: [
    'AMOCRM_API_KEY',
    'AMOCRM_BASE_URL',
    'AMOCRM_CLIENT_ID',
    'AMOCRM_CLIENT_SECRET',
    'AMOCRM_REDIRECT_URI',
    'AMOCRM_AUTH_CODE',
    'AMOCRM_REFRESH_TOKEN',
  ],
  ways: [
    {
      id: 'simulated',
      isReal: false,
      fixed: () => ({ ...noOauth, AMOCRM_API_KEY: 'mock_key_123' }),
      questions: [],
      how: 'none',
      step: 'nothing',
    },
    {
      id: 'token',
      isReal: true,
      fixed: () => noOauth,
      questions: [
        { name: 'AMOCRM_BASE_URL', isSecret: false, tidy: originOf },
        { name: 'AMOCRM_API_KEY', isSecret: true, tidy: (typed) => typed.replace(/^Bearer\s+/i, '') },
      ],
      how: 'amocrm',
      step: 'amocrm',
    },
    // Set up by hand: its codes work once, so that nothing here may use one up.
    { id: 'oauth', isReal: true, fixed: () => ({}), questions: [], how: 'atStart', step: 'amocrm' },
  ],
  wayOf: ({ AMOCRM_CLIENT_ID: client, AMOCRM_API_KEY: token = '' }) =>
    isMock(client || token) ? 'simulated' : client ? 'oauth' : 'token',
  check: checkAmocrm,
  fill: {
    isOf: ({ next }) => next === setup,
    make: async (look) => {
      const { language } = look
      const { states, kinds } = checkWords(language).amocrm
      const rows = await setUpAccount(await open(look), { dryRun: false, language })
      return rows
        .filter(({ state }) => state !== 'there')
        .map(
          ({ what, name, state, next }) =>
            `${states[state]} ${kinds[what]} "${name}"${next ? ` -> ${next}` : ''}`,
        )
    },
  },
}

/** People paste the address of whatever page they have open. */
function originOf(typed: string): string {
  const address = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`
  return typed && URL.canParse(address) ? new URL(address).origin : typed
}

/** One check follows the other: together they stay below what amoCRM allows. */
const gate = createMemoryGate(requestsPerSecond)

async function open({ config: local, now }: Look) {
  // What it held back may be mended by now.
  await gate.release()
  const config = readConfig(effectiveVariables(local))
  const { baseUrl, token = '' } = config.amocrm
  return {
    config,
    business: readBusiness(local.settings.BUSINESS_CONFIG),
    amocrm: createAmocrm({ baseUrl, token, gate }),
    now: () => now,
  }
}

async function checkAmocrm(look: Look): Promise<Row[]> {
  const app = await open(look)
  const { language } = look
  const words = checkWords(language).amocrm
  if (app.config.amocrm.oauth) return [good(words.oauth, '')]
  const { hostname } = new URL(app.config.amocrm.baseUrl)
  try {
    const account = await app.amocrm.account()
    if (!account) return [bad(words.account, words.noAccount(hostname), words.correctHost)]
    const foreign = mismatch(tokenInUse(app), { id: account.id, name: account.subdomain ?? null }, language)
    if (foreign) return [bad(words.account, foreign, words.sameAccount)]
    const { rows, subscriptions } = await inspectHooks(app, language)
    return [
      good(words.account, `${account.id} ${account.name ?? ''}`.trim()),
      ...(await inspectByToken(app, account, language)),
      // That no webhook leads to us yet is no fault before the first start.
      ...(subscriptions === null ? rows : []),
    ]
  } catch (error) {
    if (error instanceof AmocrmError) return [mend(error, hostname, words)]
    throw error
  }
}

function mend({ status, message: why }: AmocrmError, host: string, words: CheckWords['amocrm']): Row {
  const { account, correctHost } = words
  if (status === 0) return bad(account, words.notReached({ host, why }), correctHost)
  if (status === 404 || status === 502 || (status >= 300 && status < 400))
    return bad(account, words.noAccountBecause({ host, why }), correctHost)
  if (status === 401) return bad(words.token, words.refusesToken(why), words.anotherToken)
  if (status === 402) return bad(account, words.notPaid(why), words.pay)
  if (status === 403) return bad(account, words.mayNothing(why), words.blocked)
  return bad(account, why, words.later)
}
