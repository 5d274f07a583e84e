import { readBusiness } from '../../api/src/settings/business.ts'
import { actingAccount } from '../../api/src/settings/variables.ts'
import type { Config } from '../settings/config.ts'
import { findUrls } from '../settings/service-environments.ts'
import type { GoogleAccess } from './google-client.ts'

/** Where Google is for these settings, who we are there, and the calendars of the sellers. @throws Error of business.yaml */
export function googleAccess(config: Config): {
  access: GoogleAccess
  refreshToken: string
  calendars: string[]
} {
  const { settings } = config
  const { googleApi } = findUrls(config)
  const simulated = config.simulators.includes('google')
  const acting = actingAccount(settings, `${googleApi}/token`)
  const { sellers } = readBusiness(settings.BUSINESS_CONFIG)
  return {
    access: {
      accounts: simulated ? googleApi : 'https://accounts.google.com',
      token: simulated ? `${googleApi}/token` : 'https://oauth2.googleapis.com/token',
      api: googleApi,
      clientId: settings.GOOGLE_CLIENT_ID,
      clientSecret: settings.GOOGLE_CLIENT_SECRET,
      ...(acting ? { serviceAccount: acting } : {}),
    },
    refreshToken: settings.GOOGLE_REFRESH_TOKEN,
    calendars: [
      ...new Set(
        sellers.map(({ calendar }) => (calendar === 'default' ? settings.GOOGLE_CALENDAR_EMAIL : calendar)),
      ),
    ],
  }
}
