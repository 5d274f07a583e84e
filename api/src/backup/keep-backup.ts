import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeBackupFile } from './backup-file.ts'
import { type Dumped, writeDump } from './write-dump.ts'

export type BackupPlan = {
  databaseUrl: string
  folder: string
  /** Null: not sealed. */
  passphrase: string | null
  /** A second folder, perhaps of another machine. */
  copyTo: string | null
  /** The newest so many stay in each folder. */
  keep: number
}

export type Backup = Dumped & { file: string; bytes: number }

const ours = /^leads-\d{8}T\d{6}Z\.dump\.gz(\.age)?$/

/**
 * Makes one backup and deletes those that are too old. A file has its name only when it is whole.
 * @throws when it cannot be written, or not be copied: then it is there all the same
 */
export async function keepBackup(
  { databaseUrl, folder, passphrase, copyTo, keep }: BackupPlan,
  now: Date,
): Promise<Backup> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stamp = `${now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
  const name = `leads-${stamp}.dump.gz${passphrase === null ? '' : '.age'}`
  const file = resolve(folder, name)
  const unfinished = `${file}.part`
  let dumped: Dumped | undefined
  try {
    await rm(unfinished, { force: true })
    await writeBackupFile(
      unfinished,
      writeDump(databaseUrl, (done) => (dumped = done)),
      passphrase,
    )
    if (!dumped) throw new Error('The backup ended before all was read')
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
  await forgetOld(folder, keep)
  if (copyTo !== null) await copyBackup(file, copyTo, name, keep)
  return { ...dumped, file, bytes: (await stat(file)).size }
}

async function copyBackup(file: string, folder: string, name: string, keep: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unfinished = join(folder, `${name}.part`)
  await copyFile(file, unfinished)
  await rename(unfinished, join(folder, name))
  await forgetOld(folder, keep)
}

async function forgetOld(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => ours.test(name)).toSorted()
  for (const name of names.slice(0, Math.max(0, names.length - keep))) await rm(join(folder, name))
}
