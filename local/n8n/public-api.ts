import { z } from 'zod'

const timeoutMs = 30_000
const said = z.object({ message: z.string() })

/** What n8n's public API answered instead of what was asked for. */
export class PublicApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export type PublicApi = {
  url: string
  /** @throws {PublicApiError} for any status but 2xx */
  ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, json?: unknown): Promise<unknown>
}

/**
 * n8n's public API (`/api/v1`), as its version 2 has it.
 * @param url of n8n, as its editor is opened
 * @param key made in n8n's editor: Settings, n8n API
 */
export function openPublicApi(url: string, key: string): PublicApi {
  const base = url.replace(/\/+$/, '')
  return {
    url: base,
    async ask(method, path, json) {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        headers: {
          'X-N8N-API-KEY': key,
          accept: 'application/json',
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        throw new Error(`${base} does not answer (${reasonOf(error)}): is that where n8n's editor opens?`, {
          cause: error,
        })
      })
      const text = await response.text()
      const body = readJson(text)
      if (response.ok && body !== undefined) return body
      throw new PublicApiError(response.status, explain(base, response.status, `${method} ${path}`, body))
    },
  }
}

function explain(base: string, status: number, asked: string, body: unknown): string {
  const message = said.safeParse(body).data?.message
  if (status === 401)
    return `${base} refuses the key. Make one in n8n's editor (Settings, n8n API) and give it with --api-key or N8N_API_KEY`
  if (status === 403)
    return `The key may not ${asked}${message ? ` (${message})` : ''}: make one with all scopes of workflows, credentials and tags`
  return `${asked}: ${status}${message ? `, ${message}` : ''}`
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const reasonOf = (error: unknown) => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}
