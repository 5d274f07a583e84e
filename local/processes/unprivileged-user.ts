import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The system user that a server process runs as. */
export type SystemUser = { uid: number; gid: number }

/** PostgreSQL refuses to run as root: the user it runs as instead, or undefined when we are not root. */
export function findUnprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (!found)
    throw new Error(
      'PostgreSQL does not run as root, and this system has no user postgres or nobody: start as another user',
    )
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** Whether the user can reach this path: each folder above it may be entered. Without a user: we ourselves. */
export function canReach(path: string, user: SystemUser | undefined): boolean {
  const full = resolve(path)
  if (!user) {
    try {
      accessSync(full, constants.R_OK | constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  for (let folder = full; ; folder = dirname(folder)) {
    if (!mayEnter(folder, user)) return false
    if (folder === dirname(folder)) return true
  }
}

function mayEnter(folder: string, user: SystemUser): boolean {
  const { uid, gid, mode } = statSync(folder)
  if (uid === user.uid) return (mode & 0o100) !== 0
  if (gid === user.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}
