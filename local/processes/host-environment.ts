import { join } from 'node:path'
import type { Settings } from '../../api/src/settings/variables.ts'

const kept = [
  'PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TERM', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR',
  'HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy',
] // prettier-ignore

/** Compiled scripts, for every process of ours: a second start of n8n takes two thirds of the first one's CPU. */
export const compileCache = join(import.meta.dirname, '../../node_modules/.cache/compiled')

/**
 * What our child processes get of the environment of this machine: enough to run and to reach the internet, nothing that
 * could change how they behave (a forgotten N8N_*, PG* or NODE_OPTIONS). Loopback never goes through a proxy.
 */
export function hostEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {}
  for (const name of kept) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost']
    .filter(Boolean)
    .join(',')
  return { ...environment, NO_PROXY: noProxy, no_proxy: noProxy, NODE_COMPILE_CACHE: compileCache }
}

/** The proxies of the settings in both spellings: which of the two wins is up to who reads them. */
export function proxyVariables({
  HTTPS_PROXY,
  HTTP_PROXY,
  NO_PROXY,
}: Pick<Settings, 'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY'>): Record<string, string> {
  const direct = [NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  const all = { HTTPS_PROXY: HTTPS_PROXY ?? HTTP_PROXY, HTTP_PROXY, NO_PROXY: direct }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const, [name.toLowerCase(), value] as const],
    ),
  )
}
