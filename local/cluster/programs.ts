import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @returns the whole path of the first of these programs that is in PATH */
export function findProgram(names: string[], path = process.env.PATH ?? ''): string | undefined {
  return names
    .flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file))
}

/** @throws with what to install */
export function findRedis(path?: string): string {
  const found = findProgram(['valkey-server', 'redis-server'], path)
  if (found) return found
  throw new Error(
    "n8n's queue needs Redis: install redis-server or valkey-server (Debian, Ubuntu: sudo apt install redis-server; macOS: brew install " +
      'redis), or set REDIS_HOST in .env to a server of yours.',
  )
}

/** docker/Caddyfile says `basic_auth`, which is the name since 2.8. */
const oldestCaddy = [2, 8] as const

/** @returns Caddy, or why the cluster does without it */
export function findCaddy(path?: string): { command: string } | { without: string } {
  const command = findProgram(['caddy'], path)
  const goOn = 'the editor of n8n, webhooks and the API are reached directly, without TLS and basic auth'
  if (!command) return { without: `caddy is not installed: ${goOn}` }
  const version = execFileSync(command, ['version'], { encoding: 'utf8' })
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number)
  const isNew = major > oldestCaddy[0] || (major === oldestCaddy[0] && minor >= oldestCaddy[1])
  if (isNew) return { command }
  return { without: `caddy ${major}.${minor} is older than ${oldestCaddy.join('.')}: ${goOn}` }
}
