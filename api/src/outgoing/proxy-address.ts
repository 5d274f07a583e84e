/** A proxy that carries any connection. */
export type TunnelProxy = {
  kind: 'socks5' | 'http' | 'https'
  host: string
  port: number
  login: { user: string; password: string } | null
}
/** A proxy that carries nothing but Telegram's own protocol. */
export type MtProxy = { kind: 'mtproxy'; host: string; port: number; secret: Uint8Array }
export type ProxyAddress = TunnelProxy | MtProxy

const forms =
  'socks5://user:password@host:port, http://user:password@host:port or tg://proxy?server=..&port=..&secret=..'
const usualPorts = { socks5: 1080, http: 80, https: 443 } as const

/**
 * Reads a proxy's address: a URL, or the link by which Telegram's apps share a proxy (`tg://` and `https://t.me/`, `proxy` and
 * `socks`). A text instead: what is wrong with it, without a word of what was given, for that holds a password.
 */
export function readProxyAddress(given: string): ProxyAddress | string {
  if (!URL.canParse(given)) return `must be ${forms}`
  const url = new URL(given)
  const link = linkOf(url)
  if (link) return readLink(link, url.searchParams)
  const kind = /^socks5h?:$/.test(url.protocol) ? 'socks5' : url.protocol.slice(0, -1)
  if (kind !== 'socks5' && kind !== 'http' && kind !== 'https') return `must be ${forms}`
  if (!url.hostname) return 'has no host'
  if (!/^\/?$/.test(url.pathname) || url.search || url.hash) return 'must end after the port'
  const user = decode(url.username)
  const password = decode(url.password)
  if (user === null || password === null)
    return 'has a user or password with a bare % in it: write %25, and @ : / as %40 %3A %2F'
  const port = url.port ? Number(url.port) : usualPorts[kind]
  if (port === 0) return 'has the port 0'
  return {
    kind,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    login: user ? { user, password } : null,
  }
}

/** The same without user, password and secret: for people to read. */
export const nameOfProxy = ({ kind, host, port }: ProxyAddress): string =>
  `${kind}://${host.includes(':') ? `[${host}]` : host}:${port}`

/** A proxy on this machine. */
export const isLoopback = (host: string): boolean =>
  /^(127(\.\d+){3}|::1|(.+\.)?localhost\.?)$/i.test(host.replace(/^\[(.*)\]$/, '$1'))

function linkOf({ protocol, hostname, pathname }: URL): string | null {
  if (protocol === 'tg:') return hostname || pathname.replace(/^\/+/, '')
  const isTelegram = /^https?:$/.test(protocol) && /^(t|telegram)\.(me|dog)$/.test(hostname)
  return isTelegram ? pathname.slice(1) : null
}

function readLink(link: string, query: URLSearchParams): ProxyAddress | string {
  if (link !== 'proxy' && link !== 'socks') return 'is a Telegram link, but not to a proxy'
  const host = query.get('server')
  const port = Number(query.get('port'))
  if (!host) return 'has no server='
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'has no port= between 1 and 65535'
  if (link === 'socks') {
    const user = query.get('user')
    return { kind: 'socks5', host, port, login: user ? { user, password: query.get('pass') ?? '' } : null }
  }
  const secret = readSecret(query.get('secret') ?? '')
  if (!secret)
    return 'has no valid secret=: 16 bytes in hex or base64, or dd... or ee... as the proxy was shared'
  return { kind: 'mtproxy', host, port, secret }
}

/** 16 bytes; after dd 16, with padding; after ee 16 and a domain, disguised as TLS. Null: none of these. */
function readSecret(text: string): Uint8Array | null {
  const isHex = /^([0-9a-f]{2})+$/i.test(text)
  // Links have `-` and `_`, and a `+` that was not escaped has become a space.
  const base64 = text.replaceAll(' ', '+').replace(/=+$/, '')
  if (!isHex && !/^[\w+/-]+$/.test(base64)) return null
  const secret = isHex ? Buffer.from(text, 'hex') : Buffer.from(base64, 'base64url')
  const isPlain = secret.length === 16
  const isPadded = secret.length === 17 && secret[0] === 0xdd
  const isDisguised = secret.length > 17 && secret.length <= 17 + 182 && secret[0] === 0xee
  return isPlain || isPadded || isDisguised ? new Uint8Array(secret) : null
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
