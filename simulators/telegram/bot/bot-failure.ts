/** An answer `ok: false` of the Bot API; `code` is also the HTTP status. */
export class BotFailure extends Error {
  override name = 'BotFailure'
  readonly code: number
  readonly retryAfterSec: number | undefined
  constructor(code: number, description: string, retryAfterSec?: number) {
    super(description)
    this.code = code
    this.retryAfterSec = retryAfterSec
  }
}

export const badRequest = (what: string) => new BotFailure(400, `Bad Request: ${what}`)
export const forbidden = (what: string) => new BotFailure(403, `Forbidden: ${what}`)
export const tooMany = (seconds: number) =>
  new BotFailure(429, `Too Many Requests: retry after ${seconds}`, seconds)

/** A fault by name: `FLOOD_WAIT_30` and `RETRY_AFTER_30` are 429; `403 Forbidden: ...` is itself; the rest is 400. */
export function failureByName(name: string): BotFailure {
  const wait = /^(?:FLOOD_WAIT|RETRY_AFTER)_(\d+)$/.exec(name)
  if (wait) return tooMany(Number(wait[1]))
  const numbered = /^(\d{3}) (.+)$/.exec(name)
  return numbered ? new BotFailure(Number(numbered[1]), numbered[2]!) : badRequest(name)
}
