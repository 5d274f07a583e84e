import { startSystem, type System } from '../local/system/system.ts'
import { takePreparedConfig } from './prepared-system.ts'

/**
 * The whole system with its real n8n on free ports, in a folder of its own that `stop` removes. Settings of the user's .env do
 * not reach it.
 * @param parts `editor`: n8n serves its pages, too, which takes it some seconds at its start
 */
export async function startTestSystem(
  apiVariables: Record<string, string> = {},
  settings: Record<string, string> = {},
  { editor = false, durable = false }: { editor?: boolean; durable?: boolean } = {},
): Promise<System> {
  const { config, free } = await takePreparedConfig(settings)
  const system = await startSystem({
    config,
    log: () => {},
    durable,
    apiVariables,
    n8nVariables: editor ? {} : { N8N_DISABLE_UI: 'true' },
  }).catch((error: unknown) => {
    free()
    throw error
  })
  const stop = async () => {
    await system.stop()
    free()
  }
  return { ...system, stop }
}

type Answer = { status: number; body: unknown; type: string }

/** One HTTP request to a part of the system; never throws for a status. */
export async function ask(
  url: string,
  options: { method?: string; token?: string; json?: unknown; form?: string } = {},
): Promise<Answer> {
  const hasBody = options.json !== undefined || options.form !== undefined
  const response = await fetch(url, {
    method: options.method ?? (hasBody ? 'POST' : 'GET'),
    headers: {
      ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
    },
    body: options.json === undefined ? options.form : JSON.stringify(options.json),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, body: type.includes('json') && text ? JSON.parse(text) : text }
}

/** Waits until `look` gives something true. @throws with `what` after the time is over */
export async function until<Value>(
  what: string,
  look: () => Promise<Value>,
  seconds = 60,
): Promise<NonNullable<Value>> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const value = await look()
    if (value) return value
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
