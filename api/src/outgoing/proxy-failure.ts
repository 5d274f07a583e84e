import { fieldOf } from '../text/field-of.ts'
import type { ProxyAddress } from './proxy-address.ts'

/** The proxy is at fault, and nothing of ours has reached the other side. Its message names the variable and what to do. */
export class ProxyFailure extends Error {
  override name = 'ProxyFailure'
}

/** What the two libraries and Node say, and what it means. The first that fits. */
const meanings: [pattern: RegExp, what: string][] = [
  [/ECONNREFUSED/, 'nothing listens there: start it, or correct host and port'],
  [/ENOTFOUND|EAI_AGAIN/, 'nobody knows this host: correct it'],
  [
    /EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|timeout/i,
    'it does not answer: see whether it runs, and whether a firewall lets us through',
  ],
  [/\b407\b|SOCKS5_AUTH|authenticat|invalid auth/i, 'it refuses user and password: correct them'],
  [
    /\b[345]\d\d\b|SOCKS5_REPLY|General failure|not allowed|refused by destination|unreachable|TTL expired/i,
    'it refuses to connect us further: allow it there, or take another proxy',
  ],
  [
    /SOCKS|first byte|Invalid HTTP|HPE_|Parse Error/i,
    'what answers there is no proxy of this kind: correct the beginning of the address, or the port',
  ],
  [
    /ECONNRESET|EPIPE|closed|socket|hang up|PRX/i,
    'it ends the connection: see its log, and whether kind, user and password are right',
  ],
]

/**
 * What went wrong at the proxy that `variable` names. Not the error itself, which may hold the password.
 * @returns null when the error is not known to be the proxy's
 */
export function proxyFailure(
  variable: string,
  { host, port }: Pick<ProxyAddress, 'host' | 'port'>,
  error: unknown,
): ProxyFailure | null {
  const said = wordsOf(error)
  const what = meanings.find(([pattern]) => pattern.test(said))?.[1]
  return what ? new ProxyFailure(`${variable}: the proxy ${host}:${port} cannot be used: ${what}`) : null
}

/** An error with several addresses has no words of its own, but theirs. */
function wordsOf(error: unknown): string {
  const inner = fieldOf(error, 'errors')
  const first: unknown = Array.isArray(inner) ? inner[0] : fieldOf(error, 'cause')
  const own = ['code', 'message']
    .map((name) => fieldOf(error, name))
    .filter((text) => typeof text === 'string')
  return [...own, ...(first ? [wordsOf(first)] : [])].join(' ')
}
