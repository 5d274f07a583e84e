import { createHmac, type KeyObject, sign } from 'node:crypto'

/** A shared secret signs with HS256, a private RSA key with RS256. */
export type JwtKey = { secret: string } | { rsa: KeyObject; id: string }

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JSON Web Token, signed (RFC 7515, compact). */
export function signJwt(key: JwtKey, claims: Record<string, string | number>): string {
  const header = 'rsa' in key ? { alg: 'RS256', typ: 'JWT', kid: key.id } : { alg: 'HS256', typ: 'JWT' }
  const signed = `${part(header)}.${part(claims)}`
  const signature =
    'rsa' in key
      ? sign('sha256', Buffer.from(signed), key.rsa)
      : createHmac('sha256', key.secret).update(signed).digest()
  return `${signed}.${signature.toString('base64url')}`
}
