import type { Config } from '../settings/config.ts'
import { ownerEmail } from './n8n.ts'

/** What n8n's editor asks n8n's server for, in its owner's name. */
export type OwnerSession = {
  /** @throws with n8n's answer for any status but 2xx */
  ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
  cookie: () => string
}

/** @param cookie of an earlier session; without one the owner logs in */
export async function openOwnerSession(n8n: string, config: Config, cookie?: string): Promise<OwnerSession> {
  let cookies = cookie ?? ''
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${n8n}/rest${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'browser-id': 'lead-processing',
        cookie: cookies,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0])
    if (set.length > 0) cookies = set.join('; ')
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { data: Answer }).data
  }
  if (!cookie)
    await ask('POST', '/login', {
      emailOrLdapLoginId: ownerEmail(config),
      password: config.settings.N8N_BASIC_AUTH_PASSWORD,
    })
  return { ask, cookie: () => cookies }
}
