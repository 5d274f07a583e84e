import { calendar } from '@googleapis/calendar'
import { OAuth2Client } from 'google-auth-library'
import { type GoogleOptions, startGoogle } from './start.ts'

/** A simulator on a free port and the official, unmodified client aimed at it. For tests. */
export async function startWithClient(options: Partial<GoogleOptions> = {}) {
  const google = await startGoogle({ port: 0, ...options })
  const auth = new OAuth2Client({
    clientId: 'mock_client_id',
    clientSecret: 'mock_secret',
    endpoints: { oauth2TokenUrl: `${google.url}/token` },
  })
  auth.setCredentials({ refresh_token: 'mock_refresh' })
  const api = calendar({ version: 'v3', auth, rootUrl: `${google.url}/` })
  return { ...google, auth, api, sim: simOf(google.url) }
}

/** Calls of the control API. @returns status and parsed body */
export function simOf(url: string) {
  return async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/_sim/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
}

/** Code and reason of a refusal by the official client, or `resolved`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'resolved'
  } catch (error) {
    const { status, response, message } = error as {
      status?: number
      message: string
      response?: { data?: { error?: { errors?: { reason: string }[] } } }
    }
    return `${status} ${response?.data?.error?.errors?.[0]?.reason ?? message}`
  }
}
