import { MtPeerNotFoundError, MtTimeoutError, tl } from '@mtcute/node'
import { errorText } from '../../text/storable.ts'
import { MessengerError, type MessengerFailure } from '../messenger-error.ts'

/** Telegram's error texts and what they mean to us. Matched by text: the numeric codes are not all known. */
const meanings: [texts: RegExp, MessengerFailure][] = [
  [/^PEER_FLOOD$/, 'peer-flood'],
  [/^USER_PRIVACY_RESTRICTED$/, 'privacy'],
  [/^PRIVACY_PREMIUM_REQUIRED$/, 'premium-needed'],
  [/^(ALLOW_PAYMENT_REQUIRED|PAYMENT_UNSUPPORTED)/, 'paid-messages'],
  [/^USER_IS_BLOCKED$/, 'blocked'],
  [/^INPUT_USER_DEACTIVATED$/, 'deactivated'],
  [/^USER_IS_BOT$/, 'not-a-person'],
  [/^(CHAT_WRITE_FORBIDDEN|YOU_BLOCKED_USER)$/, 'write-forbidden'],
  [/^(PEER_ID_INVALID|USER_ID_INVALID)$/, 'not-found'],
  [/^(MESSAGE_TOO_LONG|MESSAGE_EMPTY|ENTITY_BOUNDS_INVALID)$/, 'bad-message'],
  [/^FROZEN_/, 'frozen'],
  [
    /^(AUTH_KEY_UNREGISTERED|AUTH_KEY_INVALID|AUTH_KEY_DUPLICATED|SESSION_REVOKED|SESSION_EXPIRED)$/,
    'logged-out',
  ],
  [/^(USER_DEACTIVATED_BAN|USER_DEACTIVATED|PHONE_NUMBER_BANNED)$/, 'banned'],
]

/** What an error of the Telegram library means. */
export function failureOf(error: unknown): MessengerError {
  if (error instanceof MessengerError) return error
  const text = errorText(error)
  if (error instanceof MtPeerNotFoundError) return new MessengerError('not-found', text, { cause: error })
  if (tl.RpcError.is(error, 'FLOOD_WAIT_%d'))
    return new MessengerError('flood-wait', `FLOOD_WAIT_${error.seconds}`, {
      cause: error,
      retryAfterMs: error.seconds * 1000,
    })
  if (tl.RpcError.is(error)) {
    const code = meanings.find(([texts]) => texts.test(error.text))?.[1] ?? 'trouble'
    return new MessengerError(code, error.text, { cause: error })
  }
  const noAnswer =
    error instanceof MtTimeoutError || (error instanceof Error && error.name === 'TimeoutError')
  return new MessengerError(noAnswer ? 'no-answer' : 'trouble', text, { cause: error })
}
