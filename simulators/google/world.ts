import type { Faults } from '../shared/faults.ts'
import type { Journal, JournalEntry } from '../shared/journal.ts'
import { notFound, requiredAccessLevel } from './errors.ts'
import type { EventFields } from './event-fields.ts'
import type { Acting, KnownAccount } from './known-account.ts'

/** `by` whom: our system through the API, or the seller's own hands in Google's page. */
export type By = 'api' | 'human'

/** Either a day (`date`) or an instant in UTC (`dateTime`) with the zone it was given in. */
export type EventTime = {
  date?: string | undefined
  dateTime?: string | undefined
  timeZone?: string | undefined
}

export type StoredEvent = EventFields & {
  id: string
  iCalUID: string
  status: 'confirmed' | 'tentative' | 'cancelled'
  start: EventTime
  end: EventTime
  /** ISO instants, UTC. */
  created: string
  updated: string
  sequence: number
  /** The world's change number of the last write; etags and sync tokens are made of it. */
  revision: number
  by: By
  recurringEventId?: string
  originalStartTime?: EventTime
  conference?: Conference
}

export type Conference = {
  requestId: string
  code: string
  statusCode: 'success' | 'pending' | 'failure'
  /** A pending conference was read once. */
  read?: boolean
}

/** What the account of our credential may do with a calendar; `none`: it is not, or no longer, shared with it. */
export const accessRoles = ['owner', 'writer', 'reader', 'freeBusyReader', 'none'] as const
export type AccessRole = (typeof accessRoles)[number]

export type Calendar = { id: string; timeZone: string; events: StoredEvent[]; accessRole?: AccessRole }

export type Channel = {
  id: string
  resourceId: string
  calendarId: string
  address: string
  token?: string | undefined
  /** Milliseconds since the epoch. */
  expiration: number
  messages: number
}

export type World = {
  journal: JournalEntry[]
  calendars: Calendar[]
  channels: Channel[]
  /** Access token -> when it expires, milliseconds since the epoch. */
  tokens: Record<string, number>
  /** What the tokens of service accounts may; the others may what the person consented to. */
  acting?: Record<string, Acting>
  serviceAccounts?: KnownAccount[]
  refreshRevoked: boolean
  /** What the account consented to, when that is not what the simulator was started with. */
  scopes?: string[] | undefined
  /** Codes of the consent page that wait for their exchange; each is good once. */
  codes?: Record<
    string,
    { redirectUri: string; challenge: string | null; scopes: string[]; lasting: boolean }
  >
  /** The person has consented once. */
  consented?: boolean
  /** What the person at the consent page does; `testing`: an app whose tokens end after seven days. */
  consent?: { says: 'yes' | 'no' | 'yes, without a part'; testing: boolean }
  /** Grow only, also over a reset: nothing made of them is ever given twice. */
  revision: number
  counter: number
  /** Sync tokens older than this are answered with 410. */
  syncFloor: number
}

/** What every part of the simulator works with. */
export type Google = {
  world: World
  journal: Journal
  faults: Faults
  changed: () => void
  /** Tells the live push channels of a calendar that something changed. */
  notify: (calendarId: string) => void
}

export type CalendarOption = { id: string; timeZone: string }

export function emptyWorld(calendars: CalendarOption[]): World {
  return {
    journal: [],
    calendars: calendars.map((calendar) => ({ ...calendar, events: [] })),
    channels: [],
    tokens: {},
    refreshRevoked: false,
    revision: 0,
    counter: 0,
    syncFloor: 0,
  }
}

/** Empties calendars and channels and forgives a revoked token and changed scopes. Issued access tokens stay valid, old sync tokens do not. */
export function resetWorld(world: World, calendars: CalendarOption[]): void {
  const { calendars: fresh, channels, refreshRevoked } = emptyWorld(calendars)
  world.revision += 1
  Object.assign(world, {
    calendars: fresh,
    channels,
    refreshRevoked,
    scopes: undefined,
    syncFloor: world.revision,
  })
}

/** @param id as in the path; `primary` is the first calendar. @throws notFound */
export function calendarOf(world: World, id: string): Calendar {
  const found = id === 'primary' ? world.calendars[0] : world.calendars.find((calendar) => calendar.id === id)
  if (!found) throw notFound()
  return found
}

export const roleOf = ({ accessRole = 'owner' }: Calendar): AccessRole => accessRole

/** The same for a request of our credential. @throws notFound; requiredAccessLevel for a write to a calendar that is only readable */
export function sharedCalendar(world: World, id: string, toDo: 'read' | 'write'): Calendar {
  const calendar = calendarOf(world, id)
  const role = roleOf(calendar)
  if (role === 'none') throw notFound()
  if (toDo === 'write' && role !== 'owner' && role !== 'writer') throw requiredAccessLevel()
  return calendar
}
