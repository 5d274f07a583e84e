import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { askAccess, askCalendar, type GoogleAccess, GoogleFault } from './google-client.ts'
import { lackingScopes, scopes } from './log-in.ts'
import { mendOfAccount } from './mend-service-account.ts'

/** One thing that booking needs, and when it is not so, the step that mends it. */
export type GoogleRow = { what: string; has: string; fault: string | null; next: string | null }

const login = 'npm run google -- login'
const good = (what: string, has: string): GoogleRow => ({ what, has, fault: null, next: null })
const bad = (what: string, fault: string, next: string): GoogleRow => ({ what, has: 'nothing', fault, next })

/** By the `error` of the token endpoint. */
const tokenMends: Record<string, [fault: string, next: string]> = {
  invalid_grant: [
    'the refresh token is revoked, too old or of another client; of an app in Testing it ends after 7 days',
    `${login}; publish the app first (consent screen: In production), or its tokens end after a week`,
  ],
  invalid_client: [
    'GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET is wrong',
    'copy both anew from the Google Cloud console > Credentials',
  ],
  unauthorized_client: [
    "the refresh token belongs to another client, often the Playground's own",
    `${login}, or in the Playground tick "Use your own OAuth credentials"`,
  ],
}
/** By the reason of the Calendar API. */
const apiMends: Record<string, [fault: string, next: string]> = {
  accessNotConfigured: [
    'the Google Calendar API is not enabled in the project',
    'enable it: Google Cloud console > APIs & Services > Library > Google Calendar API',
  ],
  insufficientPermissions: ['the consent lacks a scope', login],
  requiredAccessLevel: [
    'may be read, but not written',
    'share the calendar with the account of the token: "Make changes to events"',
  ],
  notFound: [
    'is not there, or not shared with the account of the token',
    'correct its id (Settings of the calendar > Integrate calendar), or share it: npm run google -- calendars shows which there are',
  ],
  forbiddenForServiceAccounts: [
    'a service account that acts as itself may not invite guests',
    'give it domain-wide delegation (docs/google-calendar-integration.md) and leave GOOGLE_SERVICE_ACCOUNT_SUBJECT empty, or log in as a person',
  ],
}

const busySchema = z.looseObject({
  calendars: z.record(
    z.string(),
    z.looseObject({ errors: z.array(z.looseObject({ reason: z.string() })).optional() }),
  ),
})
const eventSchema = z.looseObject({
  id: z.string(),
  hangoutLink: z.string().optional(),
  conferenceData: z
    .looseObject({
      createRequest: z
        .looseObject({ status: z.looseObject({ statusCode: z.string() }).optional() })
        .optional(),
    })
    .optional(),
})

/** Tries all that booking does: a token, busy times, an event with guest and Meet that is removed again. Nobody gets mail of it. */
export async function checkGoogle(
  access: GoogleAccess,
  { refreshToken, calendars, now }: { refreshToken: string; calendars: string[]; now: Date },
): Promise<GoogleRow[]> {
  const rows: GoogleRow[] = []
  let token: string
  try {
    const given = await askAccess(access, { refreshToken, now })
    token = given.access_token
    const lacking = lackingScopes(given.scope)
    const acting = access.serviceAccount
    rows.push(
      good(
        'token',
        acting
          ? `Google gives access to ${acting.account.email} as ${acting.subject}`
          : 'Google gives access',
      ),
    )
    if (lacking.length > 0) return [...rows, bad('scopes', `the consent lacks ${lacking.join(', ')}`, login)]
    if (given.refresh_token_expires_in !== undefined) {
      const ends = new Date(now.getTime() + given.refresh_token_expires_in * 1000)
      const day = ends.toISOString().slice(0, 10)
      rows.push(
        bad(
          'end of the token',
          `the refresh token ends on ${day}: the app is in Testing`,
          `publish the app, then ${login}`,
        ),
      )
    }
  } catch (error) {
    const mend =
      access.serviceAccount && error instanceof GoogleFault && mendOfAccount(access.serviceAccount, error)
    return [mend ? bad('token', ...mend) : rowOf('token', error, tokenMends)]
  }
  const unreadable = await checkBusy(access, token, calendars, now)
  rows.push(...unreadable.values())
  // What is wrong for all of them is said once.
  if (unreadable.has('')) return rows
  for (const id of calendars)
    if (!unreadable.has(id)) rows.push(...(await checkEvent(access, token, id, now)))
  return rows
}

function rowOf(what: string, error: unknown, mends: Record<string, [string, string]>): GoogleRow {
  if (!(error instanceof GoogleFault)) throw error
  const mend = mends[error.reason]
  if (mend) return bad(what, `${mend[0]} (Google: ${error.message})`, mend[1])
  if (error.status === 0)
    return bad(what, error.message, 'look at the network and the firewall of this machine')
  return bad(
    what,
    `${error.status} ${error.reason}: ${error.message}`,
    'see docs/google-calendar-integration.md',
  )
}

/** By calendar; under '' what is wrong with the request itself. Google answers 200 for a calendar that it does not show. */
async function checkBusy(
  access: GoogleAccess,
  token: string,
  calendars: string[],
  now: Date,
): Promise<Map<string, GoogleRow>> {
  const body = {
    timeMin: now.toISOString(),
    timeMax: new Date(now.getTime() + 86_400_000).toISOString(),
    items: calendars.map((id) => ({ id })),
  }
  try {
    const answer = busySchema.parse(await askCalendar(access, token, 'POST', '/freeBusy', body))
    return new Map(
      calendars.flatMap((id) => {
        const reason = answer.calendars[id]?.errors?.[0]?.reason
        return reason
          ? [[id, rowOf(`calendar ${id}`, new GoogleFault(404, reason, reason), apiMends)] as const]
          : []
      }),
    )
  } catch (error) {
    return new Map([['', rowOf('busy times', error, apiMends)]])
  }
}

/** The event as a booking makes it; an extra that Google refuses is left out, as a booking does. */
async function checkEvent(access: GoogleAccess, token: string, id: string, now: Date): Promise<GoogleRow[]> {
  const what = `calendar ${id}`
  const events = `/calendars/${encodeURIComponent(id)}/events`
  const start = new Date(now.getTime() + 30 * 86_400_000)
  const core = {
    summary: 'Lead Processing System: test, removed at once',
    transparency: 'transparent',
    start: { dateTime: start.toISOString() },
    end: { dateTime: new Date(start.getTime() + 60_000).toISOString() },
  }
  const extras: Record<string, object> = {
    guest: { attendees: [{ email: 'guest@example.com' }] },
    conference: {
      conferenceData: {
        createRequest: {
          requestId: randomBytes(8).toString('hex'),
          conferenceSolutionKey: { type: 'hangoutsMeet' },
        },
      },
    },
  }
  const rows: GoogleRow[] = []
  for (;;) {
    try {
      const query = '?conferenceDataVersion=1&sendUpdates=none'
      const body = Object.assign({ ...core }, ...Object.values(extras)) as object
      const event = eventSchema.parse(await askCalendar(access, token, 'POST', events + query, body))
      await askCalendar(access, token, 'DELETE', `${events}/${event.id}?sendUpdates=none`)
      const link = event.hangoutLink
        ? ', Meet'
        : event.conferenceData?.createRequest?.status?.statusCode === 'pending'
          ? ', Meet (its link comes later)'
          : ''
      const guest = extras['guest'] ? ', guest' : ''
      return rows.length > 0 ? rows : [good(what, `busy times, events${guest}${link}`)]
    } catch (error) {
      const refused = error instanceof GoogleFault && extraRefused(error, extras)
      if (!refused) return [...rows, rowOf(what, error, apiMends)]
      delete extras[refused]
      const message = (error as GoogleFault).message
      rows.push(
        refused === 'conference'
          ? bad(
              what,
              `no Meet links can be made (Google: ${message})`,
              'switch Meet on for the account, or set meeting.meetLink: false in config/business.yaml',
            )
          : bad(
              what,
              `guests cannot be invited (Google: ${message})`,
              apiMends[(error as GoogleFault).reason]?.[1] ??
                'meetings are booked without the guest; the lead has the time and the link in Telegram',
            ),
      )
    }
  }
}

function extraRefused(fault: GoogleFault, extras: Record<string, object>): string | false {
  const name = /conference/i.test(fault.message)
    ? 'conference'
    : /attendee|invite|guest/i.test(fault.message) || fault.reason === 'forbiddenForServiceAccounts'
      ? 'guest'
      : null
  return name !== null && extras[name] !== undefined ? name : false
}

const listSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.string(),
      summary: z.string().optional(),
      accessRole: z.string(),
      timeZone: z.string().optional(),
    }),
  ),
})
export type ListedCalendar = {
  id: string
  summary: string
  accessRole: string
  timeZone: string
  used: boolean
}

/** The calendars that the account of the token sees, and whether a seller's is among them. @throws GoogleFault */
export async function listCalendars(
  access: GoogleAccess,
  { refreshToken, calendars, now }: { refreshToken: string; calendars: string[]; now: Date },
): Promise<ListedCalendar[]> {
  const { access_token: token } = await askAccess(access, { refreshToken, now, scopes })
  const answer = await askCalendar(access, token, 'GET', '/users/me/calendarList?maxResults=250')
  return listSchema.parse(answer).items.map(({ id, summary = '', accessRole, timeZone = '' }) => ({
    id,
    summary,
    accessRole,
    timeZone,
    used: calendars.includes(id),
  }))
}
