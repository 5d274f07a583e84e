import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { migrationsFolder } from '../api/src/database/migrate.ts'
import { n8nRuntime } from '../local/n8n/n8n-install.ts'
import { credentialFolder, workflowFolder } from '../local/n8n/provision.ts'
import { initSql } from '../local/postgres/database.ts'
import { isPortTaken } from '../local/processes/ports.ts'
import { type Config, loadConfig, repository } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { copyPrepared, preparedFolders } from '../local/settings/prepared-folder.ts'
import { simulatedSettings } from '../local/settings/simulated-settings.ts'
import { lockSystem } from '../local/system/system-lock.ts'
import { fillN8n, startSystem } from '../local/system/system.ts'

/** The ports that stand in n8n's credentials and workflows: with others it has to import them again. */
const storedPorts = ['PORT', 'SIM_GOOGLE_PORT', 'SIM_LLM_PORT'] as const
const portsSchema = z.record(z.enum(storedPorts), z.number())
const portsFile = 'ports.json'
const secretsFile = 'secrets.json'

/** So many systems may run side by side on prepared folders. */
const places = 8

/**
 * The configuration of a system whose databases are made, migrated and filled with our workflows already, which takes 20 s of CPU. What
 * `settings` make different is imported at its start, as ever.
 * @param settings over those of the simulators
 * @returns `free` removes the folder
 */
export async function takePreparedConfig(
  settings: Record<string, string>,
): Promise<{ config: Config; free: () => void }> {
  const dataDir = makeTemporaryDataFolder()
  const load = () => loadTestConfig(dataDir, settings)
  const fresh = load()
  const place = hasOwnSecrets(fresh) ? undefined : takePlace()
  if (!place) return { config: fresh, free: () => removeDataFolder(dataDir) }
  const free = () => {
    place.free()
    removeDataFolder(dataDir)
  }
  try {
    const { DB_NAME, DB_USER, N8N_DB_NAME, N8N_DB_USER } = fresh.settings
    await copyPrepared({
      name: `n8n-${place.number}`,
      depends: [
        initSql,
        migrationsFolder,
        workflowFolder,
        credentialFolder,
        join(repository, 'n8n/nodes/package.json'),
        join(n8nRuntime, 'package-lock.json'),
      ],
      facts: JSON.stringify({ DB_NAME, DB_USER, N8N_DB_NAME, N8N_DB_USER }),
      make: prepare,
      to: dataDir,
    })
    const config = load()
    const ports = portsSchema.parse(readJson(join(dataDir, portsFile)))
    const taken = await Promise.all(storedPorts.map((name) => isPortTaken(ports[name])))
    if (!taken.includes(true)) Object.assign(config.settings, ports)
    return { config, free }
  } catch (error) {
    free()
    throw error
  }
}

const loadTestConfig = (dataDir: string, settings: Record<string, string>): Config =>
  loadConfig({
    dataDir,
    freePorts: true,
    environment: { ...process.env, ...simulatedSettings, ...settings },
  })

/** What is prepared was sealed with secrets of its own. */
function hasOwnSecrets({ dataDir, settings }: Config): boolean {
  const kept = z.record(z.string(), z.string()).parse(readJson(join(dataDir, secretsFile)))
  return Object.entries(kept).some(([name, value]) => {
    const used: unknown = Object.entries(settings).find(([one]) => one === name)?.[1]
    return used !== undefined && used !== value
  })
}

async function prepare(dataDir: string): Promise<void> {
  const config = loadTestConfig(dataDir, {})
  const ports = portsSchema.parse(
    Object.fromEntries(await Promise.all(storedPorts.map(async (name) => [name, await findQuietPort()]))),
  )
  Object.assign(config.settings, ports)
  writeFileSync(join(dataDir, portsFile), JSON.stringify(ports))
  const system = await startSystem({ config, log: () => {}, durable: false, only: ['postgres'] })
  try {
    await fillN8n({ config, log: () => {} }, system.databaseUrl)
  } finally {
    await system.stop()
  }
}

/** Below those that machines give to connections that go out: nobody takes it by chance. */
async function findQuietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (!(await isPortTaken(port))) return port
  }
}

/** Two systems on one place would want the same ports. */
function takePlace(): { number: number; free: () => void } | undefined {
  for (let number = 0; number < places; number += 1) {
    const folder = join(preparedFolders, `place-${number}`)
    mkdirSync(folder, { recursive: true })
    try {
      return { number, free: lockSystem(folder, 'a test') }
    } catch {
      continue
    }
  }
  return undefined
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
