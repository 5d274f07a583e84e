import { invalid } from './errors.ts'
import type { EventBody } from './event-fields.ts'
import type { Calendar, Conference, Google, StoredEvent } from './world.ts'

/**
 * The conference of an event after a write. Without `conferenceDataVersion=1` the block is ignored; the same request id
 * as before makes no second room. A fault `{match: {kind: 'conference'}, fault: {error: 'pending' | 'failure'}}` makes
 * the room late (ready at the second read) or never; `refused`: the account may make none. @throws invalid
 */
export function conferenceAfter(
  google: Google,
  before: Conference | undefined,
  data: EventBody['conferenceData'],
  version: number,
): Conference | undefined {
  if (version !== 1) return before
  const request = data?.createRequest
  if (!request) return data ? before : undefined
  if ((request.conferenceSolutionKey?.type ?? 'hangoutsMeet') !== 'hangoutsMeet')
    throw invalid('Invalid conference type value.')
  if (before?.requestId === request.requestId) return before
  const { error } = takeFault(google) ?? {}
  if (error === 'refused') throw invalid('Invalid conference type value.')
  return {
    requestId: request.requestId,
    code: meetCode(++google.world.counter),
    statusCode: error === 'pending' || error === 'failure' ? error : 'success',
  }
}

// A rule that matches everything is meant for HTTP calls and must not be used up here.
const takeFault = ({ faults }: Google) =>
  faults.list().some(({ match }) => match.kind === 'conference')
    ? faults.take({ kind: 'conference' })
    : undefined

/** `aaa-bbbb-ccc`, counted. */
function meetCode(counter: number): string {
  let rest = counter
  const letters = Array.from({ length: 10 }, () => {
    const letter = String.fromCharCode(97 + (rest % 26))
    rest = Math.floor(rest / 26)
    return letter
  }).toReversed()
  return [letters.slice(0, 3), letters.slice(3, 7), letters.slice(7)].map((part) => part.join('')).join('-')
}

/** A pending room is still pending at the first read and ready at the second. */
export function readConference(google: Google, calendar: Calendar, event: StoredEvent): void {
  const { conference } = event
  if (conference?.statusCode !== 'pending') return
  if (!conference.read) {
    conference.read = true
    return
  }
  conference.statusCode = 'success'
  event.revision = ++google.world.revision
  google.changed()
  google.notify(calendar.id)
}

const solution = { key: { type: 'hangoutsMeet' }, name: 'Google Meet' }

/** What the API shows of a conference. */
export function conferenceFields(conference: Conference | undefined): object {
  if (!conference) return {}
  const { requestId, statusCode, code } = conference
  const createRequest = {
    requestId,
    conferenceSolutionKey: { type: 'hangoutsMeet' },
    status: { statusCode },
  }
  if (statusCode !== 'success') return { conferenceData: { createRequest } }
  const uri = `https://meet.google.com/${code}`
  const entryPoints = [{ entryPointType: 'video', uri, label: `meet.google.com/${code}` }]
  return {
    hangoutLink: uri,
    conferenceData: { createRequest, entryPoints, conferenceSolution: solution, conferenceId: code },
  }
}
