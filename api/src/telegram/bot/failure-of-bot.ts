import { GrammyError, HttpError } from 'grammy'
import { ProxyFailure } from '../../outgoing/proxy-failure.ts'
import { fieldOf } from '../../text/field-of.ts'
import { MessengerError, type MessengerFailure } from '../messenger-error.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

/** With these the request never left this machine. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

const byText: [RegExp, MessengerFailure][] = [
  [/blocked by the user|user is blocked/i, 'blocked'],
  [/user is deactivated/i, 'deactivated'],
  [/can't initiate conversation/i, 'window-closed'],
  [/BUSINESS_PEER_USAGE_MISSING/, 'window-closed'],
  [/BUSINESS_PEER_INVALID|BUSINESS_CONNECTION_|business connection not found/, 'write-forbidden'],
  [/chat not found|PEER_ID_INVALID/, 'not-found'],
  [/can't send messages to bots|bots can't/i, 'not-a-person'],
  [/message is too long|text is empty|can't parse entities/i, 'bad-message'],
]

/**
 * What the Bot API refused, in our words. The library's own errors are never passed on or logged: their addresses hold the
 * bot's token.
 */
export function failureOfBot(error: unknown): MessengerError {
  if (error instanceof MessengerError) return error
  if (error instanceof GrammyError) return refusal(error)
  if (error instanceof HttpError) {
    if (error.error instanceof ProxyFailure) return new MessengerError('trouble', error.error.message)
    const how =
      ['code', 'type', 'name'].map((name) => fieldOf(error.error, name)).find(isText) ??
      'the connection broke'
    return neverSent.has(how)
      ? new MessengerError('trouble', `Telegram is not reached: ${how}`)
      : new MessengerError('unknown', `No answer came, so it may have been done or not: ${how}`)
  }
  return new MessengerError('trouble', 'The call to the Bot API failed here')
}

function refusal({ error_code: status, description: words, parameters }: GrammyError): MessengerError {
  // Whoever is in between may answer in Telegram's place, in a form of their own.
  const description = words || 'no reason given'
  if (status === 429) {
    const retryAfterMs = (parameters.retry_after ?? 5) * 1000
    return new MessengerError('flood-wait', description, { retryAfterMs })
  }
  if (status === 401 || status === 404 || /logged out/i.test(description))
    return new MessengerError('logged-out', `Telegram does not know the bot's token: ${description}`)
  // A server that fails may have done it all the same.
  if (status >= 500)
    return new MessengerError('unknown', `Telegram failed, so it may have been done or not: ${description}`)
  const code = byText.find(([pattern]) => pattern.test(description))?.[1]
  return new MessengerError(code ?? 'write-forbidden', description)
}
