import type { ActingAccount } from '../secrets/service-account.ts'
import type { Business } from '../settings/business.ts'
import type { GoogleAccess } from './google-client.ts'

const realApi = 'https://www.googleapis.com'

/** Where Google is, and who we are there. `simulator` null: the real one. */
export const accessTo = (
  simulator: string | null,
  {
    clientId,
    clientSecret,
    acting,
  }: { clientId: string; clientSecret: string; acting: ActingAccount | null },
): GoogleAccess => ({
  accounts: simulator ?? 'https://accounts.google.com',
  token: simulator === null ? 'https://oauth2.googleapis.com/token' : `${simulator}/token`,
  api: simulator ?? realApi,
  clientId,
  clientSecret,
  ...(acting ? { serviceAccount: acting } : {}),
})

/** The calendars that the sellers work with. */
export const calendarsOf = ({ sellers }: Pick<Business, 'sellers'>, own: string): string[] => [
  ...new Set(sellers.map(({ calendar }) => (calendar === 'default' ? own : calendar))),
]
