import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Language, type Texts, texts } from '../../../texts/index.ts'
import { askAccess, askCalendar, type GoogleAccess, GoogleFault } from './google-client.ts'
import { lackingScopes, scopes } from './scopes.ts'
import { mendOfAccount } from './mend-service-account.ts'

/** One thing that booking needs, and when it is not so, the step that mends it. */
/** `isAway`: nobody answered. */
export type GoogleRow = {
  what: string
  has: string
  fault: string | null
  next: string | null
  isAway?: boolean
}

const login = 'npm run google -- login'
type Words = Texts['terminal']['checks']['google']
type Mend = { fault: string; next: (login: string) => string }
const good = (what: string, has: string): GoogleRow => ({ what, has, fault: null, next: null })
const bad = (what: string, fault: string, next: string): GoogleRow => ({ what, has: 'nothing', fault, next })

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
  {
    refreshToken,
    calendars,
    now,
    language = 'en',
  }: { refreshToken: string; calendars: string[]; now: Date; language?: Language },
): Promise<GoogleRow[]> {
  const words = texts[language].terminal.checks.google
  const rows: GoogleRow[] = []
  let token: string
  try {
    const given = await askAccess(access, { refreshToken, now })
    token = given.access_token
    const lacking = lackingScopes(given.scope)
    const acting = access.serviceAccount
    rows.push(
      good(
        words.token,
        acting ? words.accessAs({ account: acting.account.email, subject: acting.subject }) : words.access,
      ),
    )
    if (lacking.length > 0)
      return [...rows, bad(words.scopes, words.lackingScopes(lacking.join(', ')), login)]
    if (given.refresh_token_expires_in !== undefined) {
      const ends = new Date(now.getTime() + given.refresh_token_expires_in * 1000)
      const day = ends.toISOString().slice(0, 10)
      rows.push(bad(words.end, words.endsOn(day), words.publish(login)))
    }
  } catch (error) {
    const mend =
      access.serviceAccount &&
      error instanceof GoogleFault &&
      mendOfAccount(access.serviceAccount, error, words)
    return [mend ? bad(words.token, ...mend) : rowOf(words.token, error, words.tokens, words)]
  }
  const unreadable = await checkBusy(access, token, { calendars, now, words })
  rows.push(...unreadable.values())
  // What is wrong for all of them is said once.
  if (unreadable.has('')) return rows
  for (const id of calendars)
    if (!unreadable.has(id)) rows.push(...(await checkEvent(access, token, { id, now, words })))
  return rows
}

function rowOf(what: string, error: unknown, mends: Partial<Record<string, Mend>>, words: Words): GoogleRow {
  if (!(error instanceof GoogleFault)) throw error
  const mend = mends[error.reason]
  if (mend) return bad(what, words.says({ fault: mend.fault, google: error.message }), mend.next(login))
  if (error.status === 0) return { ...bad(what, words.away(error.away), words.network), isAway: true }
  return bad(what, `${error.status} ${error.reason}: ${error.message}`, words.see)
}

/** By calendar; under '' what is wrong with the request itself. Google answers 200 for a calendar that it does not show. */
async function checkBusy(
  access: GoogleAccess,
  token: string,
  { calendars, now, words }: { calendars: string[]; now: Date; words: Words },
): Promise<Map<string, GoogleRow>> {
  const { reasons } = words
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
          ? [[id, rowOf(words.calendar(id), new GoogleFault(404, reason, reason), reasons, words)] as const]
          : []
      }),
    )
  } catch (error) {
    return new Map([['', rowOf(words.busy, error, reasons, words)]])
  }
}

/** The event as a booking makes it; an extra that Google refuses is left out, as a booking does. */
async function checkEvent(
  access: GoogleAccess,
  token: string,
  { id, now, words }: { id: string; now: Date; words: Words },
): Promise<GoogleRow[]> {
  const what = words.calendar(id)
  const mends: Partial<Record<string, Mend>> = words.reasons
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
      const body: object = Object.assign({ ...core }, ...Object.values(extras))
      const event = eventSchema.parse(await askCalendar(access, token, 'POST', events + query, body))
      await askCalendar(access, token, 'DELETE', `${events}/${event.id}?sendUpdates=none`)
      const link = event.hangoutLink
        ? words.meet
        : event.conferenceData?.createRequest?.status?.statusCode === 'pending'
          ? words.meetLater
          : ''
      const guest = extras['guest'] ? words.guest : ''
      return rows.length > 0 ? rows : [good(what, `${words.has}${guest}${link}`)]
    } catch (error) {
      const refused = error instanceof GoogleFault ? extraRefused(error, extras) : false
      if (!(error instanceof GoogleFault) || !refused) return [...rows, rowOf(what, error, mends, words)]
      delete extras[refused]
      const { message, reason } = error
      const saying = (fault: string) => words.says({ fault, google: message })
      rows.push(
        refused === 'conference'
          ? bad(what, saying(words.noMeet), words.switchMeetOn)
          : bad(what, saying(words.noGuests), mends[reason]?.next(login) ?? words.withoutGuest),
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
