import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import type { Acting, KnownAccount } from './known-account.ts'
import type { Google, World } from './world.ts'

export const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const publicKey = z.string().refine((pem) => readKey(pem) !== null, 'not an RSA key in PEM')
export const serviceAccountSchema = z.strictObject({
  email: z.email(),
  keys: z.array(z.strictObject({ id: z.string().min(1), publicKey })),
  scopes: z.array(z.string()).nullable(),
})

const claimsSchema = z.looseObject({
  iss: z.string(),
  scope: z.string().optional(),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
  sub: z.string().optional(),
})
const headerSchema = z.looseObject({ alg: z.string(), kid: z.string().optional() })

type Refusal = [status: number, error: string, description: string]

/** So far ahead of Google's clock an assertion may have been made. Guessed: documents name none. */
const skewSec = 60
const longestSec = 3600
const malformed: Refusal = [400, 'invalid_grant', 'Invalid JWT: Failed to parse the assertion.']

/** Reads an assertion as Google's token endpoint does. `now`: milliseconds since the epoch. */
export function readAssertion(
  { world }: Pick<Google, 'world'>,
  form: URLSearchParams,
  audiences: string[],
  now: number,
): Acting | Refusal {
  const assertion = form.get('assertion')
  if (!assertion) return [400, 'invalid_request', 'Missing required parameter: assertion']
  const parts = assertion.split('.')
  const header = headerSchema.safeParse(decode(parts[0]))
  const claims = claimsSchema.safeParse(decode(parts[1]))
  if (parts.length !== 3 || !header.success || !claims.success || header.data.alg !== 'RS256')
    return malformed
  const { iss, scope, aud, iat, exp, sub } = claims.data
  const account = world.serviceAccounts?.find(({ email }) => email === iss)
  if (!account) return [400, 'invalid_grant', 'Invalid grant: account not found']
  if (!isSigned(account, header.data.kid, parts)) return [400, 'invalid_grant', 'Invalid JWT Signature.']
  if (!audiences.includes(aud))
    return [400, 'invalid_grant', `Invalid JWT: Failed audience check. The right audience is ${audiences[0]}`]
  const nowSec = now / 1000
  if (iat > nowSec + skewSec || exp < nowSec - skewSec || exp <= iat || exp - iat > longestSec)
    return [
      400,
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    ]
  const scopes = (scope ?? '').split(' ').filter(Boolean)
  if (scopes.length === 0) return [400, 'invalid_scope', 'Empty or missing scope not allowed.']
  if (sub === undefined || sub === iss) return { subject: null, scopes }
  if (!isUser(world, sub)) return [400, 'invalid_grant', 'Invalid email or User ID']
  if (!scopes.every((one) => account.scopes?.includes(one)))
    return [
      401,
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    ]
  return { subject: sub, scopes }
}

function isSigned(
  { keys }: KnownAccount,
  id: string | undefined,
  [header, claims, signature]: string[],
): boolean {
  const signed = Buffer.from(`${header}.${claims}`)
  return keys
    .filter((key) => id === undefined || key.id === id)
    .some((key) => verify('sha256', signed, key.publicKey, Buffer.from(signature ?? '', 'base64url')))
}

/** A person's main calendar has the person's address. */
const isUser = (world: World, email: string) => world.calendars.some(({ id }) => id === email)

function decode(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
  } catch {
    return undefined
  }
}

function readKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'rsa' ? key : null
  } catch {
    return null
  }
}

/** Makes an account known, or changes it. */
export function putServiceAccount(
  { world, changed }: Pick<Google, 'world' | 'changed'>,
  account: KnownAccount,
): void {
  world.serviceAccounts = [
    ...(world.serviceAccounts ?? []).filter(({ email }) => email !== account.email),
    account,
  ]
  changed()
}

const keyFile = z.looseObject({
  client_email: z.email(),
  private_key_id: z.string().startsWith('mock_'),
  private_key: z.string(),
})

/** The account of a simulated key file, as Google would know it: by the public half of its key only. @throws for another file */
export function accountOfKeyFile(content: string, scopes: string[]): KnownAccount {
  const file = keyFile.parse(JSON.parse(content))
  const publicPem = createPublicKey(file.private_key).export({ type: 'spki', format: 'pem' }).toString()
  return { email: file.client_email, keys: [{ id: file.private_key_id, publicKey: publicPem }], scopes }
}
