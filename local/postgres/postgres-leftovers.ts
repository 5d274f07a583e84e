import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processIdentity } from '../processes/process-identity.ts'

/**
 * Clears what a server that was killed left in its data folder: a postmaster.pid whose number belongs to some other
 * process by now, or a server that outlived its starter, which is stopped. The caller holds the data folder's lock, so
 * nobody uses such a server.
 */
export async function clearPostgresLeftovers(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1 || !servesFolder(pid, dataDir)) {
    rmSync(pidFile, { force: true })
    return
  }
  const identity = processIdentity(pid)
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    process.kill(pid, signal)
    for (let waited = 0; waited < 5000; waited += 50) {
      if (processIdentity(pid) !== identity) return
      await sleep(50)
    }
  }
}

/** A PostgreSQL server always works in its data folder. */
function servesFolder(pid: number, dataDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === dataDir
  } catch {
    return !existsSync('/proc/self/cwd') && processIdentity(pid) !== undefined
  }
}
