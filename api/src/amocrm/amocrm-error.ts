import { judgeDatabaseError } from '../database/judge-database-error.ts'
import { clip } from '../text/storable.ts'

/**
 * Whether a failure may be about one card only, so that the others are worth asking for: not when amoCRM or the database is out of
 * reach, holds us off or is ill.
 */
export const isOfOneCard = (error: unknown): boolean =>
  error instanceof AmocrmError ? !error.retry || error.status === 502 : judgeDatabaseError(error) !== 'away'

/** One part of a request that amoCRM refuses. `path`: as in the body, with dots: `custom_fields_values.0.values.0.value`. */
export type Refusal = { path: string; code: string; detail: string }

/** Whether amoCRM understood the request and says no to what is in it: to a part of it, perhaps, and the rest is worth a try. */
export const isRefusal = (error: unknown): error is AmocrmError =>
  error instanceof AmocrmError && !error.unsent && [400, 402, 403, 422].includes(error.status)

/**
 * What went wrong with amoCRM. `status` is the answer's, 0 when there was none. `retry`: the same request may work later.
 * `unsent`: it never left, so it is no try.
 */
export class AmocrmError extends Error {
  override name = 'AmocrmError'
  readonly status: number
  readonly retry: boolean
  readonly unsent: boolean
  /** When it makes sense to ask again, in ms; undefined when amoCRM did not say. */
  readonly retryAfterMs: number | undefined
  /** The parts of the request that it names as wrong. */
  readonly refused: Refusal[]
  constructor(
    status: number,
    detail: string,
    {
      retry,
      unsent = false,
      retryAfterMs,
      refused = [],
    }: { retry?: boolean; unsent?: boolean; retryAfterMs?: number; refused?: Refusal[] } = {},
  ) {
    super(unsent ? detail : `amoCRM answered ${status}: ${clip(detail, 500)}`)
    this.status = status
    this.retry = retry ?? (unsent || status === 0 || status === 401 || status === 429 || status >= 500)
    this.unsent = unsent
    this.retryAfterMs = retryAfterMs
    this.refused = refused
  }
}
