import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { canReach, type SystemUser } from '../processes/unprivileged-user.ts'

/** Names the folder that holds PostgreSQL's part when that could not live in the data folder itself. */
const pointerFile = 'postgres.location'

/** Makes the data folder. Others may pass through it (the database's user has to) but not list it. */
export function makeDataFolder(dataDir: string): string {
  const full = resolve(dataDir)
  if (!existsSync(full)) {
    mkdirSync(full, { recursive: true })
    chmodSync(full, 0o711)
  }
  return full
}

/** A new data folder under the system's temporary folder. Remove it with removeDataFolder. */
export function makeTemporaryDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lead-processing-'))
  chmodSync(folder, 0o711)
  return folder
}

/**
 * The folder for PostgreSQL's files: the data folder, or, when `user` cannot get there (a checkout under /root), one
 * outside of it that a pointer file in the data folder remembers.
 */
export function findPostgresHome(dataDir: string, user: SystemUser | undefined): string {
  const remembered = readPointer(dataDir)
  if (remembered && existsSync(remembered)) return remembered
  if (canReach(dataDir, user)) return dataDir
  const name = `lead-processing-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)}`
  for (const parent of ['/var/lib', tmpdir()]) {
    const home = join(parent, name)
    try {
      mkdirSync(home, { recursive: true, mode: 0o711 })
    } catch {
      continue
    }
    if (!canReach(home, user)) continue
    writeFileSync(join(dataDir, pointerFile), `${home}\n`)
    return home
  }
  throw new Error(
    `PostgreSQL cannot use ${dataDir}, and neither /var/lib nor ${tmpdir()}: give it a folder with --data`,
  )
}

/** Removes the data folder and what its pointer names. */
export function removeDataFolder(dataDir: string): void {
  const outside = readPointer(dataDir)
  if (outside) rmSync(outside, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

function readPointer(dataDir: string): string | undefined {
  const file = join(dataDir, pointerFile)
  if (!existsSync(file)) return undefined
  const home = readFileSync(file, 'utf8').trim()
  // The pointed folder gets removed with all its content: never follow a pointer that we cannot have written.
  return /\/lead-processing-[0-9a-f]{12}$/.test(home) ? home : undefined
}
