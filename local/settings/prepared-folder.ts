import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { findPostgresHome, makeTemporaryDataFolder, removeDataFolder } from './data-folder.ts'
import { findUnprivilegedUser } from '../processes/unprivileged-user.ts'

const root = join(import.meta.dirname, '../..')
export const preparedFolders = join(root, 'node_modules/.cache/prepared')

/**
 * Gives a test a data folder in which the slow first part of a start is done already: made once by `make`, then copied. What it is made
 * of is named in `depends`, files and folders; another content, and it is made anew.
 * @param facts more that it depends on
 * @returns where the copies come from
 */
export async function copyPrepared(options: {
  name: string
  depends: string[]
  facts?: string
  /** Fills an empty data folder. Nothing may run on it afterwards. */
  make: (dataDir: string) => Promise<void>
  /** An empty data folder. */
  to: string
}): Promise<string> {
  const { name, depends, facts = '', make, to } = options
  const hash = createHash('sha256').update(facts)
  for (const file of [join(root, 'package-lock.json'), ...depends].flatMap(filesOf))
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  const place = join(preparedFolders, `${name}-${hash.digest('hex').slice(0, 16)}`)
  if (!existsSync(place)) await keep(name, place, make)
  await copyData(place, to)
  return place
}

/** Whoever is the first has it; what was made at the same time is put away. */
async function keep(name: string, place: string, make: (dataDir: string) => Promise<void>): Promise<void> {
  const folder = makeTemporaryDataFolder()
  const unfinished = `${place}.${process.pid}`
  try {
    await make(folder)
    mkdirSync(unfinished, { recursive: true, mode: 0o711 })
    await copyData(folder, unfinished)
    for (const old of readdirSync(preparedFolders))
      if (old.startsWith(`${name}-`) && !old.includes('.') && join(preparedFolders, old) !== place)
        rmSync(join(preparedFolders, old), { recursive: true, force: true })
    try {
      renameSync(unfinished, place)
    } catch (error) {
      if (!existsSync(place)) throw error
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
    removeDataFolder(folder)
  }
}

/** Keeps owners and modes: PostgreSQL's part belongs to a user of its own where we are root. */
async function copyData(from: string, to: string): Promise<void> {
  const run = promisify(execFile)
  const [home, target] = [from, to].map((folder) =>
    folder.startsWith(preparedFolders) ? folder : findPostgresHome(folder, findUnprivilegedUser()),
  ) as [string, string]
  await run('cp', ['-Rp', join(home, 'postgres'), target])
  const rest = readdirSync(from).filter((name) => !['postgres', 'logs', 'postgres.location'].includes(name))
  if (rest.length > 0) await run('cp', ['-Rp', ...rest.map((name) => join(from, name)), to])
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .toSorted()
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesOf(join(path, name)))
}
