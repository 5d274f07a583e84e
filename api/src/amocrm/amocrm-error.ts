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
  constructor(
    status: number,
    detail: string,
    {
      retry,
      unsent = false,
      retryAfterMs,
    }: { retry?: boolean; unsent?: boolean; retryAfterMs?: number } = {},
  ) {
    super(unsent ? detail : `amoCRM answered ${status}: ${detail}`)
    this.status = status
    this.retry = retry ?? (unsent || status === 0 || status === 401 || status === 429 || status >= 500)
    this.unsent = unsent
    this.retryAfterMs = retryAfterMs
  }
}
