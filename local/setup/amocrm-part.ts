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
import { bad, good, type Look, type Part, type Row } from './part.ts'

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
      const rows = await setUpAccount(await open(look), { dryRun: false })
      return rows
        .filter(({ state }) => state !== 'there')
        .map(({ what, name, state, next }) => `${state} ${what} "${name}"${next ? ` -> ${next}` : ''}`)
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
  if (app.config.amocrm.oauth) return [good('OAuth', '')]
  const { hostname } = new URL(app.config.amocrm.baseUrl)
  try {
    const account = await app.amocrm.account()
    if (!account) return [bad('account', `${hostname} is no amoCRM account`, wrongHost)]
    const foreign = mismatch(tokenInUse(app), { id: account.id, name: account.subdomain ?? null })
    if (foreign) return [bad('account', foreign, wrongAccount)]
    const { rows, subscriptions } = await inspectHooks(app)
    return [
      good('account', `${account.id} ${account.name ?? ''}`.trim()),
      ...(await inspectByToken(app, account)),
      // That no webhook leads to us yet is no fault before the first start.
      ...(subscriptions === null ? rows : []),
    ]
  } catch (error) {
    if (error instanceof AmocrmError) return [mend(error, hostname)]
    throw error
  }
}

const wrongHost =
  'correct AMOCRM_BASE_URL: the address that the browser shows when you are in amoCRM, for instance https://mycompany.amocrm.ru'
const wrongAccount = 'take token and AMOCRM_BASE_URL from the same account'

function mend({ status, message }: AmocrmError, hostname: string): Row {
  if (status === 0) return bad('account', `${hostname} is not reached (${message})`, wrongHost)
  if (status === 404 || status === 502 || (status >= 300 && status < 400))
    return bad('account', `${hostname} is no amoCRM account (${message})`, wrongHost)
  if (status === 401)
    return bad(
      'token',
      `amoCRM refuses the token: ${message}`,
      'make a new one as an administrator: amoMarket > your integration > Keys and scopes > Generate a long-lived token, and put it into AMOCRM_API_KEY; of another account, correct AMOCRM_BASE_URL',
    )
  if (status === 402)
    return bad('account', `the account is not paid (${message})`, 'pay the tariff in amoCRM')
  if (status === 403)
    return bad(
      'account',
      `amoCRM lets the token do nothing (${message})`,
      'look whether the account or this address is blocked, and make the token as an administrator',
    )
  return bad('account', message, 'try again in some minutes')
}
