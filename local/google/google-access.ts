import { accessTo, calendarsOf } from '../../api/src/google/google-access.ts'
import { readBusiness } from '../../api/src/settings/business.ts'
import { actingAccount } from '../../api/src/settings/variables.ts'
import type { Config } from '../settings/config.ts'
import { findUrls } from '../settings/service-environments.ts'
import type { GoogleAccess } from '../../api/src/google/google-client.ts'

/** Where Google is for these settings, who we are there, and the calendars of the sellers. @throws Error of business.yaml */
export function googleAccess(config: Config): {
  access: GoogleAccess
  refreshToken: string
  calendars: string[]
} {
  const { settings } = config
  const { googleApi } = findUrls(config)
  const acting = actingAccount(settings, `${googleApi}/token`)
  return {
    access: accessTo(config.simulators.includes('google') ? googleApi : null, {
      clientId: settings.GOOGLE_CLIENT_ID,
      clientSecret: settings.GOOGLE_CLIENT_SECRET,
      acting,
    }),
    refreshToken: settings.GOOGLE_REFRESH_TOKEN,
    calendars: calendarsOf(readBusiness(settings.BUSINESS_CONFIG), settings.GOOGLE_CALENDAR_EMAIL),
  }
}
