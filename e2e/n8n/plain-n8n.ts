import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { n8nCommand } from '../../local/n8n/n8n.ts'
import { n8nRuntime } from '../../local/n8n/n8n-install.ts'
import { hashOwnerPassword } from '../../local/n8n/owner-password.ts'
import { hostEnvironment } from '../../local/processes/host-environment.ts'
import { findFreePort } from '../../local/processes/ports.ts'
import { answersOk, createService } from '../../local/processes/processes.ts'
import { repository } from '../../local/settings/config.ts'

const owner = { email: 'somebody@example.com', password: 'Their-Own-Passw0rd' }

/** The steps of docs/n8n.md by which a person brings our nodes into an n8n of their own. */
export function installOurNodes(userFolder: string): void {
  const nodes = join(userFolder, '.n8n/nodes')
  mkdirSync(nodes, { recursive: true })
  const run = (args: string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const packed = run(['pack', '--silent', '--pack-destination', nodes], join(repository, 'n8n/nodes'))
  run(['install', '--omit=peer', '--no-audit', '--no-fund', join(nodes, packed.trim())], nodes)
}

/**
 * An n8n as people run it who have never heard of us: its own settings, owner and key, nothing of ours in it.
 * @param database where it keeps everything, as n8n's variables name it
 */
export async function startPlainN8n(options: {
  userFolder: string
  port: number
  database: Record<string, string>
  environment?: Record<string, string>
}) {
  const { userFolder, port, database, environment = {} } = options
  const url = `http://127.0.0.1:${port}`
  const secret = 'a-key-of-their-own-for-encryption'
  mkdirSync(userFolder, { recursive: true })
  const bcrypt = createRequire(join(n8nRuntime, 'package.json'))('bcryptjs')
  const service = createService({
    name: 'a plain n8n',
    command: process.execPath,
    args: [n8nCommand, 'start'],
    cwd: userFolder,
    env: {
      ...hostEnvironment(),
      DB_TYPE: 'postgresdb',
      ...database,
      N8N_USER_FOLDER: userFolder,
      N8N_ENCRYPTION_KEY: secret,
      N8N_PORT: String(port),
      N8N_LISTEN_ADDRESS: '127.0.0.1',
      N8N_SECURE_COOKIE: 'false',
      N8N_DIAGNOSTICS_ENABLED: 'false',
      N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
      N8N_RUNNERS_BROKER_PORT: String(await findFreePort()),
      N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
      N8N_INSTANCE_OWNER_EMAIL: owner.email,
      N8N_INSTANCE_OWNER_PASSWORD_HASH: hashOwnerPassword(bcrypt, owner.password, secret),
      N8N_INSTANCE_OWNER_FIRST_NAME: 'Some',
      N8N_INSTANCE_OWNER_LAST_NAME: 'Body',
      ...environment,
    },
    logFile: join(userFolder, 'n8n.log'),
    isHealthy: () => answersOk(`${url}/healthz/readiness`),
    healthTimeoutMs: 180_000,
  })
  await service.start()
  return { url, pid: () => service.pid() ?? 0, stop: () => service.stop() }
}

/** A key of n8n's public API with every right its owner has, made as the settings page of the editor makes it. */
export async function makeApiKey(url: string): Promise<string> {
  const login = await fetch(`${url}/rest/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'browser-id': 'test' },
    body: JSON.stringify({ emailOrLdapLoginId: owner.email, password: owner.password }),
  })
  const cookie = login.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const headers = { cookie, 'content-type': 'application/json', 'browser-id': 'test' }
  const read = async (path: string, json?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/rest${path}`, {
      headers,
      ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return (JSON.parse(text) as { data: unknown }).data
  }
  const scopes = await read('/api-keys/scopes')
  const made = (await read('/api-keys', { label: 'lead processing', expiresAt: null, scopes })) as {
    rawApiKey: string
  }
  return made.rawApiKey
}
