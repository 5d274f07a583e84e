import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

let guardian: ChildProcess | undefined

/**
 * Has a process group ended even when this process is killed with -9. The guardian starts with the first group.
 * @returns forgets the group: call it when the group has ended
 */
export function watchGroup(group: number, signal: NodeJS.Signals = 'SIGTERM'): () => void {
  guardian ??= startGuardian()
  guardian.stdin?.write(`+${group} ${signal}\n`)
  return () => {
    guardian?.stdin?.write(`-${group}\n`)
  }
}

function startGuardian(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'guardian.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  })
  // It must never keep this process alive, and a guardian that somebody killed must not end us.
  child.unref()
  child.on('error', () => {})
  child.stdin?.on('error', () => {})
  if (child.stdin && 'unref' in child.stdin) (child.stdin as unknown as { unref: () => void }).unref()
  return child
}
