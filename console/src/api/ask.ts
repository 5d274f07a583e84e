import createClient from 'openapi-fetch'
import type { paths } from './paths.d.ts'

/** What the API says when it does not do what was asked: application/problem+json. */
type Body = { type?: string; detail?: string; errors?: { field: string; detail: string }[] }

export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly status: number
  /** The last part of `type`: `signed-out`, `conflict`. */
  readonly code: string
  /** How long to wait before trying again. */
  readonly retryAfterSec: number
  constructor(status: number, body: Body, retryAfterSec: number) {
    // What is wrong with a field says more than how many fields are wrong.
    const fields = body.errors?.map(({ field, detail }) => `${field}: ${detail}`).join('; ')
    super(fields || (body.detail ?? `HTTP ${status}`))
    this.status = status
    this.code = body.type?.split('/').at(-1) ?? 'internal'
    this.retryAfterSec = retryAfterSec
  }
}

/** Asks the API by the types of its OpenAPI document; the answer is had by `ask`. */
export const api = createClient<paths>({ credentials: 'same-origin' })

type Answered<Data> = { data?: Data; error?: unknown; response: Response }

/** @throws ApiProblem, or TypeError when the server is not reached */
export async function ask<Data>(asked: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await asked
  if (response.ok && data !== undefined) return data
  const body = typeof error === 'object' && error !== null ? error : {}
  throw new ApiProblem(response.status, body, Number(response.headers.get('retry-after') ?? 0))
}
