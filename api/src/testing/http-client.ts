import assert from 'node:assert/strict'
import type { Server } from '../http/server-type.ts'

export type Answer = {
  status: number
  type: string
  headers: Record<string, unknown>
  body: Record<string, unknown>
  text: string
}
type Request = {
  payload?: unknown
  headers?: Record<string, string>
  token?: string | null
  /** The address that it comes from. */
  from?: string
}

/** Asks the server with the token, without a port. `seen` is the text of every answer. */
export function createClient(server: Server, apiToken: string) {
  const seen: string[] = []

  async function ask(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    { payload, headers = {}, token = apiToken, from = '127.0.0.1' }: Request = {},
  ): Promise<Answer> {
    const answer = await server.inject({
      method,
      url,
      remoteAddress: from,
      payload: payload as string | object,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    })
    seen.push(answer.body)
    const type = String(answer.headers['content-type'])
    return {
      status: answer.statusCode,
      headers: answer.headers,
      type,
      text: answer.body,
      body: type.includes('json') ? answer.json() : {},
    }
  }

  const post = (url: string, payload: unknown, request: Request = {}) =>
    ask('POST', url, { payload, ...request })

  return { ask, post, seen }
}

/** Checks that the answer is a problem of this code, and that it names the field. */
export function isProblem(answer: Answer, code: string, status: number, field?: string): void {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.type, /^application\/problem\+json/)
  assert.equal(answer.body['type'], `/problems/${code}`)
  assert.equal(answer.body['status'], status)
  assert.ok(answer.body['title'] && answer.body['detail'])
  assert.doesNotMatch(answer.text, /\bat .*\.ts:\d|node_modules/, 'a stack trace')
  if (field === undefined) return
  const errors = answer.body['errors'] as { field: string; detail: string }[]
  assert.ok(
    errors.some((error) => error.field === field && error.detail),
    answer.text,
  )
}
