import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { processIdentity } from '../processes/process-identity.ts'

const lockSchema = z.object({
  pid: z.number(),
  identity: z.string(),
  n8n: z.string().optional(),
  database: z.string().optional(),
})

const lockFile = (dataDir: string) => join(dataDir, 'system.lock')

/** The process that runs a system on this data folder, if there is one. `database`: the server, without a login. */
export function findRunningSystem(
  dataDir: string,
): { pid: number; n8n?: string | undefined; database?: string | undefined } | undefined {
  if (!existsSync(lockFile(dataDir))) return undefined
  const lock = lockSchema.safeParse(parse(readFileSync(lockFile(dataDir), 'utf8')))
  if (!lock.success || processIdentity(lock.data.pid) !== lock.data.identity) return undefined
  return lock.data
}

/** @throws when a system runs on the data folder */
export function requireNotRunning(dataDir: string): void {
  const running = findRunningSystem(dataDir)
  if (!running) return
  throw new Error(
    `A system is running on ${dataDir} already (process ${running.pid}, n8n at ${running.n8n ?? 'an unknown address'}). ` +
      'Use that one, or end it with Ctrl-C where it was started.',
  )
}

/**
 * Claims the data folder for this process.
 * @returns gives it back
 * @throws when a system runs on it already
 */
export function lockSystem(dataDir: string, n8nUrl: string, database?: string): () => void {
  requireNotRunning(dataDir)
  rmSync(lockFile(dataDir), { force: true })
  const lock = { pid: process.pid, identity: processIdentity(process.pid), n8n: n8nUrl, database }
  // Of two that start in the same moment the second fails here.
  writeFileSync(lockFile(dataDir), `${JSON.stringify(lock)}\n`, { flag: 'wx' })
  return () => rmSync(lockFile(dataDir), { force: true })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
