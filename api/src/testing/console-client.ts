import type { Role } from '@lead/contract/console'
import assert from 'node:assert/strict'
import type { App } from '../app.ts'
import { invite } from '../console/people.ts'
import type { Server } from '../http/server-type.ts'
import type { Answer } from './http-client.ts'

export const origin = { origin: 'http://console.test', host: 'console.test' }
export const password = 'correct horse battery'

/** A browser at the console: keeps its cookie, says where it is. */
export function createBrowser(server: Server, from = '127.0.0.1') {
  let cookie: string | null = null
  async function ask(
    method: 'GET' | 'POST',
    url: string,
    payload?: unknown,
    headers: Record<string, string | undefined> = {},
  ): Promise<Answer> {
    const all = { ...origin, ...(cookie ? { cookie } : {}), ...headers }
    const answer = await server.inject({
      method,
      url,
      remoteAddress: from,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
      ...(payload === undefined ? {} : { payload: payload as object }),
    })
    const set = answer.headers['set-cookie']
    if (typeof set === 'string') cookie = /Max-Age=0/.test(set) ? null : set.split(';')[0]!
    const type = String(answer.headers['content-type'])
    return {
      status: answer.statusCode,
      headers: answer.headers,
      type,
      text: answer.body,
      body: type.includes('json') ? answer.json() : {},
    }
  }
  return {
    get: (url: string, headers?: Record<string, string | undefined>) => ask('GET', url, undefined, headers),
    post: (url: string, payload: unknown = {}, headers?: Record<string, string | undefined>) =>
      ask('POST', url, payload, headers),
    ask,
    cookie: () => cookie,
    setCookie: (value: string | null) => void (cookie = value),
  }
}

/** Somebody with this role, signed in. */
export async function signIn(app: App, server: Server, role: Role, sellerId: string | null = null) {
  const browser = createBrowser(server)
  const { token } = await invite(app.db, { role, sellerId }, { by: 'test' })
  const email = `${role}-${sellerId ?? 'x'}-${token.slice(0, 6)}@beacon.example`
  const answer = await browser.post('/console/join', { token, email, name: `The ${role}`, password })
  assert.equal(answer.status, 200, answer.text)
  return { ...browser, email, id: Number(answer.body['id']) }
}
