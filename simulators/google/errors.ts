import type { FastifyReply } from 'fastify'

export type ErrorDetails = {
  code: number
  domain: string
  reason: string
  message: string
  locationType?: string
  location?: string
  /** Only errors of Google's front end (auth, scopes) have one. */
  status?: string
}

/** Thrown anywhere while a Calendar request is handled; answered as Google's error envelope. */
export class GoogleError extends Error {
  readonly details: ErrorDetails
  constructor(details: ErrorDetails) {
    super(details.message)
    this.details = details
  }
}

const global = (code: number, reason: string, message: string, location?: [type: string, name: string]) =>
  new GoogleError({
    code,
    domain: 'global',
    reason,
    message,
    ...(location && { locationType: location[0], location: location[1] }),
  })

export const invalid = (message: string) => global(400, 'invalid', message)
export const required = (message: string) => global(400, 'required', message)
export const badRequest = (message = 'Bad Request') => global(400, 'badRequest', message)
export const parseError = () => global(400, 'parseError', 'Parse Error')
export const notFound = () => global(404, 'notFound', 'Not Found')
export const duplicate = () => global(409, 'duplicate', 'The requested identifier already exists.')
export const deleted = () => global(410, 'deleted', 'Resource has been deleted')
export const conditionNotMet = () =>
  global(412, 'conditionNotMet', 'Precondition Failed', ['header', 'If-Match'])
export const requiredAccessLevel = () =>
  global(403, 'requiredAccessLevel', 'You need to have writer access to this calendar.')
export const rangeTooLong = () =>
  global(400, 'timeRangeTooLong', 'The requested time range is too long.', ['parameter', 'timeMax'])

const calendar = (code: number, reason: string, message: string, location?: string) =>
  new GoogleError({
    code,
    domain: 'calendar',
    reason,
    message,
    ...(location && { locationType: 'parameter', location }),
  })

/** In a query the error names `timeMax`; in a written event it names nothing. */
export const rangeEmpty = (location?: 'timeMax') =>
  calendar(400, 'timeRangeEmpty', 'The specified time range is empty.', location)
export const fullSyncRequired = () =>
  calendar(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.', 'syncToken')
export const updatedMinTooLongAgo = () =>
  calendar(
    410,
    'updatedMinTooLongAgo',
    'The requested minimum modification time lies too far in the past.',
    'updatedMin',
  )
export const eventTypeRestriction = (message: string) => calendar(400, 'eventTypeRestriction', message)

const authorization = { domain: 'global', locationType: 'header', location: 'Authorization' }
export const loginRequired = () =>
  new GoogleError({
    ...authorization,
    code: 401,
    reason: 'required',
    message: 'Login Required.',
    status: 'UNAUTHENTICATED',
  })
export const invalidCredentials = () =>
  new GoogleError({
    ...authorization,
    code: 401,
    reason: 'authError',
    message: 'Invalid Credentials',
    status: 'UNAUTHENTICATED',
  })
export const insufficientPermissions = () =>
  new GoogleError({
    code: 403,
    domain: 'global',
    reason: 'insufficientPermissions',
    message: 'Insufficient Permission',
    status: 'PERMISSION_DENIED',
  })

const byStatus: Record<number, [domain: string, reason: string, message: string]> = {
  401: ['global', 'authError', 'Invalid Credentials'],
  403: ['usageLimits', 'rateLimitExceeded', 'Rate Limit Exceeded'],
  404: ['global', 'notFound', 'Not Found'],
  409: ['global', 'conflict', 'Conflict'],
  410: ['global', 'deleted', 'Resource has been deleted'],
  412: ['global', 'conditionNotMet', 'Precondition Failed'],
  429: ['usageLimits', 'rateLimitExceeded', 'Rate Limit Exceeded'],
}

const byReason: Record<string, [domain: string, message: string]> = {
  rateLimitExceeded: ['usageLimits', 'Rate Limit Exceeded'],
  userRateLimitExceeded: ['usageLimits', 'User Rate Limit Exceeded'],
  quotaExceeded: ['usageLimits', 'Calendar usage limits exceeded.'],
  dailyLimitExceeded: ['usageLimits', 'Daily Limit Exceeded'],
  forbiddenForNonOrganizer: [
    'calendar',
    'Shared properties can only be changed by the organizer of the event.',
  ],
  forbiddenForServiceAccounts: [
    'calendar',
    'Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.',
  ],
  requiredAccessLevel: ['global', 'You need to have writer access to this calendar.'],
}

/** What Google would say with this HTTP status, and this reason if one is named; used by faults. */
export function errorForStatus(code: number, named?: string): GoogleError {
  if (named === 'insufficientPermissions') return insufficientPermissions()
  const known = named === undefined ? undefined : (byReason[named] ?? ['global', named])
  if (known) return new GoogleError({ code, domain: known[0], reason: named!, message: known[1] })
  const usual = code >= 500 ? ['global', 'backendError', 'Backend Error'] : byStatus[code]
  const [domain = 'global', reason = 'badRequest', message = 'Bad Request'] = usual ?? []
  return new GoogleError({ code, domain, reason, message })
}

/** Google's envelope; the front end's errors have another key order, a `status` and, for a scope, `details`. */
export function envelope({ details }: GoogleError): unknown {
  const { code, status, message, domain, reason, locationType, location } = details
  const errors = [{ domain, reason, message, ...(location && { locationType, location }) }]
  if (!status) return { error: { errors, code, message } }
  const scope = reason === 'insufficientPermissions' && [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' },
  ]
  return { error: { code, message, errors, status, ...(scope && { details: scope }) } }
}

/** Google pretty-prints every JSON answer. */
export function sendJson(reply: FastifyReply, body: unknown, code = 200): FastifyReply {
  return reply
    .code(code)
    .type('application/json; charset=UTF-8')
    .send(`${JSON.stringify(body, null, 1)}\n`)
}
