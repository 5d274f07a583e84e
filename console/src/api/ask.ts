/** What the API says when it does not do what was asked: application/problem+json. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly status: number
  /** The last part of `type`: `signed-out`, `conflict`. */
  readonly code: string
  /** How long to wait before trying again. */
  readonly retryAfterSec: number
  constructor(status: number, body: { type?: string; detail?: string }, retryAfterSec: number) {
    super(body.detail ?? `HTTP ${status}`)
    this.status = status
    this.code = body.type?.split('/').at(-1) ?? 'internal'
    this.retryAfterSec = retryAfterSec
  }
}

async function ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(path, { credentials: 'same-origin', ...init })
  const body: unknown = await response.json().catch(() => ({}))
  if (response.ok) return body as Answer
  const wait = Number(response.headers.get('retry-after') ?? 0)
  throw new ApiProblem(response.status, body as { type?: string; detail?: string }, wait)
}

/** @throws ApiProblem, or TypeError when the server is not reached */
export const get = <Answer>(path: string, signal?: AbortSignal): Promise<Answer> =>
  ask(path, signal ? { signal } : {})

/** @throws ApiProblem, or TypeError when the server is not reached */
export const post = <Answer>(path: string, body: unknown = {}): Promise<Answer> =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
