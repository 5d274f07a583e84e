import { clip } from '../text/storable.ts'
import type { Unreachable } from './messenger.ts'

export type MessengerFailure =
  | Unreachable
  /** The account has to wait for `retryAfterMs`. */
  | 'flood-wait'
  /** The account may not write to strangers now; no time is given. Trying again is how accounts get banned. */
  | 'peer-flood'
  /** The account may only read. */
  | 'frozen'
  | 'logged-out'
  | 'banned'
  /** Too long, empty: our own fault; the same message will never go. */
  | 'bad-message'
  /** No answer came: it may have been sent. Repeating with the same key is safe. */
  | 'no-answer'
  /** No answer came, and repeating might send it twice: a human has to look. */
  | 'unknown'
  /** Telegram's side is in trouble; trying again later is right. */
  | 'trouble'
  /** The account is not connected. */
  | 'not-ready'

/** What Telegram refused, in our words; `message` is Telegram's own. */
export class MessengerError extends Error {
  override name = 'MessengerError'
  readonly code: MessengerFailure
  readonly retryAfterMs: number | undefined
  constructor(
    code: MessengerFailure,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number } = {},
  ) {
    super(clip(message, 500), options)
    this.code = code
    this.retryAfterMs = options.retryAfterMs
  }
}
