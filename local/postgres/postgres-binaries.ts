import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { lacksPostgres, packagesFor } from '../install/platform.mjs'
import { canReach, type SystemUser } from '../processes/unprivileged-user.ts'

/**
 * The folder (bin, lib, share) of the PostgreSQL server that came from npm, ready to run as `user`. Copied to
 * `home`/postgres-binaries when `user` cannot reach the packages.
 */
export function preparePostgresBinaries(home: string, user: SystemUser | undefined): string {
  const source = findPackage()
  if (canReach(join(source, 'bin/postgres'), user) && makeLinks(source)) return source
  const copy = join(home, 'postgres-binaries')
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(source, copy, { recursive: true, verbatimSymlinks: true })
    cpSync(join(source, 'pg-symlinks.json'), join(copy, 'complete'))
  }
  if (!makeLinks(copy))
    throw new Error(`PostgreSQL's libraries in ${copy} cannot be linked: is the folder read-only?`)
  return copy
}

function findPackage(): string {
  const { platform, arch } = process
  const name = packagesFor(platform, arch).postgres
  if (!name) throw new Error(lacksPostgres(platform, arch))
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch (error) {
    throw new Error(lacksPostgres(platform, arch), { cause: error })
  }
}

/** npm packages hold no symbolic links: this one lists them, and its install script, which we do not run, makes them. */
function makeLinks(native: string): boolean {
  const list = readFileSync(join(native, 'pg-symlinks.json'), 'utf8')
  const present = new Set(readdirSync(join(native, 'lib')))
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    if (present.has(basename(target))) continue
    try {
      symlinkSync(basename(source), join(native, 'lib', basename(target)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}
