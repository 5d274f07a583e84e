import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fail, readOptions } from './command-line.ts'
import { repository } from '../settings/config.ts'
import { findPostgresHome, removeDataFolder } from '../settings/data-folder.ts'
import { clearPostgresLeftovers } from '../postgres/postgres-leftovers.ts'
import { requireNotRunning } from '../system/system-lock.ts'

const help = `
npm run reset -- [options]

Removes everything that the system has kept on this machine: leads, n8n's executions, the simulators' worlds, secrets. The
installed packages stay. Refuses while the system runs.

  --data FOLDER    the folder to remove (default: .data)
  --help           this text
`

const options = readOptions(help, { data: { type: 'string' } })
const dataDir = resolve(options.data ?? join(repository, '.data'))

try {
  if (!existsSync(dataDir)) console.log(`There is nothing to remove: ${dataDir} does not exist.`)
  else {
    // Nobody loses a folder over a typing mistake.
    const ours = ['secrets.json', 'install.lock', 'logs', 'simulators'].some((name) =>
      existsSync(join(dataDir, name)),
    )
    if (options.data && !ours)
      throw new Error(`${dataDir} is not a data folder of this system: it has no secrets.json.`)
    requireNotRunning(dataDir)
    await clearPostgresLeftovers(join(findPostgresHome(dataDir, undefined), 'postgres'))
    removeDataFolder(dataDir)
    console.log(`Removed ${dataDir}.`)
  }
} catch (error) {
  fail(error)
}
