import { ProxyFailure } from '../outgoing/proxy-failure.ts'
import { z } from 'zod'
import { type ActingAccount, assertionForm } from '../secrets/service-account.ts'

/** Where Google is, and who we are there. Addresses without a slash at the end. */
export type GoogleAccess = {
  accounts: string
  token: string
  api: string
  clientId: string
  clientSecret: string
  /** Instead of client and login. */
  serviceAccount?: ActingAccount
}

/** What goes wrong with Google, in its own words. `reason`: of the Calendar API's errors, or the `error` of the token endpoint. */
export class GoogleFault extends Error {
  readonly status: number
  readonly reason: string
  /** Who does not answer, and why; with `status` 0. */
  readonly away: string
  constructor(status: number, reason: string, message: string, away = '') {
    super(message)
    this.status = status
    this.reason = reason
    this.away = away
  }
}

const tokenFault = z.looseObject({ error: z.string(), error_description: z.string().optional() })
const apiFault = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    errors: z.array(z.looseObject({ reason: z.string() })).optional(),
  }),
})
const tokens = z.looseObject({
  access_token: z.string(),
  scope: z.string().optional(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().optional(),
})
export type Tokens = z.output<typeof tokens>

/** An access token by the service account, else by the refresh token. @throws GoogleFault; `status` 0 when nobody answers */
export function askAccess(
  access: GoogleAccess,
  { refreshToken, now, scopes }: { refreshToken: string; now: Date; scopes?: string[] },
): Promise<Tokens> {
  const { serviceAccount: acting } = access
  return acting
    ? sendForm(acting.tokenUrl, assertionForm(acting, now, scopes))
    : askToken(access, { grant_type: 'refresh_token', refresh_token: refreshToken })
}

/** @throws GoogleFault; `status` 0 when nobody answers */
export const askToken = (access: GoogleAccess, grant: Record<string, string>): Promise<Tokens> =>
  sendForm(access.token, { client_id: access.clientId, client_secret: access.clientSecret, ...grant })

async function sendForm(url: string, form: Record<string, string>): Promise<Tokens> {
  const { status, body } = await send(url, { method: 'POST', body: new URLSearchParams(form) })
  if (status === 200) return tokens.parse(body)
  const { data } = tokenFault.safeParse(body)
  throw new GoogleFault(
    status,
    data?.error ?? 'unknown',
    data?.error_description ?? data?.error ?? `HTTP ${status}`,
  )
}

/** One request to the Calendar API. @returns undefined for an empty answer @throws GoogleFault */
export async function askCalendar(
  access: GoogleAccess,
  token: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  json?: object,
): Promise<unknown> {
  const { status, body } = await send(`${access.api}/calendar/v3${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json ? { 'content-type': 'application/json' } : {}),
    },
    ...(json ? { body: JSON.stringify(json) } : {}),
  })
  if (status < 300) return body
  const { data } = apiFault.safeParse(body)
  throw new GoogleFault(
    status,
    data?.error.errors?.[0]?.reason ?? 'unknown',
    data?.error.message ?? `HTTP ${status}`,
  )
}

async function send(url: string, request: RequestInit): Promise<{ status: number; body: unknown }> {
  try {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(20_000) })
    const text = await answer.text()
    return { status: answer.status, body: text ? readJson(text) : undefined }
  } catch (error) {
    const { host } = new URL(url)
    const why =
      error instanceof Error && error.cause instanceof ProxyFailure ? ` (${error.cause.message})` : ''
    throw new GoogleFault(0, 'away', `${host}${why} does not answer`, host + why)
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
