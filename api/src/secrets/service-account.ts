import { createPrivateKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../text/parse-json.ts'
import { signJwt } from './sign-jwt.ts'

/** What the key file of a Google service account says. */
export type ServiceAccount = {
  email: string
  /** The number by which the admin of a Workspace delegates; null: an old file without it. */
  clientId: string | null
  keyId: string
  privateKey: KeyObject
  tokenUrl: string
}

/** An account that acts as somebody, and where its assertions are exchanged. */
export type ActingAccount = {
  account: ServiceAccount
  /** As whom, by delegation; the account's own address: as itself. */
  subject: string
  tokenUrl: string
}

const prefix = 'https://www.googleapis.com/auth/'
/** What the system does with a calendar. Delegation gives all that is asked for or nothing. */
export const calendarScopes = ['calendar.events', 'calendar.freebusy'].map((name) => prefix + name)

const fileSchema = z.looseObject({
  type: z.string(),
  client_email: z.email(),
  client_id: z.string().optional(),
  private_key_id: z.string().min(1),
  private_key: z.string(),
  token_uri: z.url({ protocol: /^https$/ }),
})

/** The content of a key file as Google gives it. @returns what is wrong with it, as text, without anything of its content */
export function readServiceAccount(text: string): ServiceAccount | string {
  const json = parseJson(text)
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return 'is not the JSON key of a service account (Google Cloud console > IAM & Admin > Service Accounts > Keys)'
  if ('installed' in json || 'web' in json)
    return 'is the file of an OAuth client, not the key of a service account: its two values are GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET'
  if ('type' in json && json.type !== 'service_account')
    return 'is a credential of another type, not the key of a service account'
  const file = fileSchema.safeParse(json)
  if (!file.success) {
    const names = [...new Set(file.error.issues.map(({ path }) => String(path[0])))]
    return `is not a whole key of a service account: ${names.join(', ')} cannot be read`
  }
  const privateKey = readRsaKey(file.data.private_key)
  if (!privateKey)
    return 'has a private_key that is no RSA key: take the file as Google gave it, line ends included'
  return {
    email: file.data.client_email,
    clientId: file.data.client_id ?? null,
    keyId: file.data.private_key_id,
    privateKey,
    tokenUrl: file.data.token_uri,
  }
}

function readRsaKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === 'rsa' ? key : null
  } catch {
    return null
  }
}

/** Google takes at most an hour; shorter, so that a clock a little ahead does no harm. */
const validSec = 1800

/** The request for an access token by a signed assertion (RFC 7523): the form for the token endpoint. */
export function assertionForm(
  { account, subject, tokenUrl }: ActingAccount,
  now: Date,
  scopes = calendarScopes,
): Record<string, string> {
  const iat = Math.floor(now.getTime() / 1000)
  const claims = {
    iss: account.email,
    scope: scopes.join(' '),
    aud: tokenUrl,
    iat,
    exp: iat + validSec,
    ...(subject === account.email ? {} : { sub: subject }),
  }
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: signJwt({ rsa: account.privateKey, id: account.keyId }, claims),
  }
}
