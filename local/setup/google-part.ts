import { isGoogleMock, isMock } from '../../api/src/settings/variables.ts'
import { checkGoogle } from '../../api/src/google/check-google.ts'
import { getRefreshToken } from '../google/get-refresh-token.ts'
import { googleAccess } from '../google/google-access.ts'
import type { Look, Part, Question } from './part.ts'

const calendar: Question = { name: 'GOOGLE_CALENDAR_EMAIL', isSecret: false }
const noAccount = { GOOGLE_SERVICE_ACCOUNT: '', GOOGLE_SERVICE_ACCOUNT_FILE: '' }

export const googlePart: Part = {
  id: 'google',
  names: [
    'GOOGLE_CALENDAR_EMAIL',
    'GOOGLE_CLIENT_ID',
    'GOOGLE_CLIENT_SECRET',
    'GOOGLE_REFRESH_TOKEN',
    'GOOGLE_SERVICE_ACCOUNT',
    'GOOGLE_SERVICE_ACCOUNT_SUBJECT',
  ],
  ways: [
    {
      id: 'simulated',
      isReal: false,
      fixed: () => ({
        ...noAccount,
        GOOGLE_CLIENT_ID: 'mock_client_id',
        GOOGLE_CLIENT_SECRET: 'mock_secret',
        GOOGLE_REFRESH_TOKEN: 'mock_refresh',
      }),
      questions: [],
      how: 'none',
      step: 'nothing',
    },
    {
      id: 'login',
      isReal: true,
      fixed: () => noAccount,
      questions: [
        calendar,
        { name: 'GOOGLE_CLIENT_ID', isSecret: false },
        { name: 'GOOGLE_CLIENT_SECRET', isSecret: true },
        {
          name: 'GOOGLE_REFRESH_TOKEN',
          isSecret: true,
          obtain: async (look, { show, signal }) => {
            const { token, warning } = await getRefreshToken(open(look).access, { port: 0, show, signal })
            if (warning) show(warning)
            return token
          },
        },
      ],
      how: 'google',
      step: 'start',
    },
    {
      id: 'serviceAccount',
      isReal: true,
      fixed: () => ({ GOOGLE_SERVICE_ACCOUNT: '' }),
      questions: [
        calendar,
        { name: 'GOOGLE_SERVICE_ACCOUNT_FILE', isSecret: false },
        { name: 'GOOGLE_SERVICE_ACCOUNT_SUBJECT', isSecret: false, isOptional: true },
      ],
      how: 'google',
      step: 'start',
    },
  ],
  wayOf: ({ GOOGLE_CLIENT_ID: client = '', GOOGLE_SERVICE_ACCOUNT: account }) => {
    if (account)
      return isGoogleMock({ GOOGLE_CLIENT_ID: client, GOOGLE_SERVICE_ACCOUNT: account })
        ? 'simulated'
        : 'serviceAccount'
    return client === '' || isMock(client) ? 'simulated' : 'login'
  },
  check: async (look) => {
    const { access, ...ours } = open(look)
    return checkGoogle(access, { ...ours, now: look.now, language: look.language })
  },
}

function open({ config, places }: Look) {
  const found = googleAccess(config)
  return { ...found, access: { ...found.access, ...places.google } }
}
