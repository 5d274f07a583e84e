/**
 * Every error that a caller can get, in one list. `type` in the answer is `/problems/<code>`: stable, for programs;
 * `title` is for people. Sent as application/problem+json (RFC 9457).
 */
export const problems = {
  /** The body, the query or the path does not fit the schema; `errors` names each field. */
  'invalid-request': { status: 400, title: 'The request is not valid' },
  /** No bearer token, or another one. */
  unauthorized: { status: 401, title: 'The bearer token is missing or wrong' },
  /** The secret at the end of a webhook address is wrong. Not 404, so that nobody can probe for paths. */
  'wrong-secret': { status: 403, title: 'The webhook secret is wrong' },
  /** The console: nobody is signed in, or no longer. */
  'signed-out': { status: 401, title: 'Nobody is signed in' },
  'wrong-password': { status: 401, title: 'The e-mail or the password is wrong' },
  /** The console: the password is right, and the code of the second factor is missing or wrong. */
  'code-needed': { status: 401, title: 'A code of the second factor is needed' },
  /** The console: this person's role does not allow it. */
  forbidden: { status: 403, title: 'Your role does not allow this' },
  /** The console: the request came from another site. */
  'foreign-origin': { status: 403, title: 'The request came from another site' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'unknown-lead': { status: 404, title: 'No lead has this id' },
  'unknown-turn': { status: 404, title: 'No turn has this id' },
  'unknown-webhook': { status: 404, title: 'Unknown webhook' },
  'unknown-token': { status: 404, title: 'Unknown key' },
  'unknown-person': { status: 404, title: 'Nobody has this id' },
  /** An invitation that was used, has run out or never was. */
  'unknown-link': { status: 404, title: 'The link is no longer good' },
  'unknown-meeting': { status: 404, title: 'No meeting has this id' },
  /** The action needs another state, for instance sending while the userbot is logged out. */
  conflict: { status: 409, title: 'This does not fit the present state' },
  'too-large': { status: 413, title: 'The body is too large' },
  /** What was sent can be read, but never be kept. */
  unprocessable: { status: 422, title: 'A value can not be kept' },
  /** Too many wrong tokens or secrets; `retry-after` says when the next one is looked at. */
  'too-many-requests': { status: 429, title: 'Too many wrong attempts' },
  'unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  /** A part we need is away; trying again later is right. */
  unavailable: { status: 503, title: 'A needed part is not available' },
} as const

export type ProblemCode = keyof typeof problems
export type FieldError = { field: string; detail: string }

/** Thrown anywhere below a route; the server turns it into its answer. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly errors: FieldError[] | undefined
  /** For the header retry-after. */
  readonly retryAfterSec: number | undefined
  constructor(code: ProblemCode, detail: string, more: FieldError[] | { retryAfterSec: number } = []) {
    super(detail)
    this.code = code
    this.errors = Array.isArray(more) && more.length > 0 ? more : undefined
    this.retryAfterSec = Array.isArray(more) ? undefined : more.retryAfterSec
  }
}

export function problemBody(code: ProblemCode, detail: string, errors?: FieldError[]) {
  const { status, title } = problems[code]
  return { type: `/problems/${code}`, title, status, detail, ...(errors ? { errors } : {}) }
}
