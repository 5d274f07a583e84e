import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { FileProblem } from '@lead/contract/console'
import type { Ports } from '../app.ts'
import { businessFile, judgeBusiness } from '../settings/business.ts'
import { diffLines, type DiffLine } from '../settings/diff-lines.ts'
import { fieldOf } from '../text/field-of.ts'
import { errorText } from '../text/storable.ts'

type FilePorts = Ports<'config'>

export const fileOf = ({ config }: FilePorts): string => config.businessConfig ?? businessFile
const versionOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
const repository = join(import.meta.dirname, '../../..')

const codeOf = (error: unknown) => String(fieldOf(error, 'code') ?? errorText(error))

/** As people know it: within the installation, or its name alone. */
const shownName = (file: string) => {
  const inside = relative(repository, file)
  return inside.startsWith('..') ? basename(file) : inside
}

/** The file as it is now. */
export function readBusinessText(app: FilePorts) {
  const file = fileOf(app)
  const text = readFileSync(file, 'utf8')
  return { file: shownName(file), text, version: versionOf(text), readOnly: whyReadOnly(file) }
}

/** A file is replaced, not written over: the folder has to be writable, too. */
function whyReadOnly(file: string): string | null {
  try {
    accessSync(file, constants.W_OK)
    accessSync(dirname(file), constants.W_OK)
    return null
  } catch (error) {
    return codeOf(error)
  }
}

/** What is wrong with a text as that file, and what it changes. */
export function checkBusinessText(
  app: FilePorts,
  text: string,
): { problems: FileProblem[]; diff: DiffLine[]; version: string } {
  const file = fileOf(app)
  const present = readFileSync(file, 'utf8')
  return { problems: problemsOf(text, file), diff: diffLines(present, text), version: versionOf(present) }
}

function problemsOf(text: string, file: string): FileProblem[] {
  try {
    return judgeBusiness(text, file).problems
  } catch (error) {
    // A file of the knowledge, not this one.
    return [{ line: 0, path: '', problem: errorText(error), fix: 'mend that file' }]
  }
}

export type Saved =
  | { outcome: 'saved'; version: string; backup: string; changed: number }
  | { outcome: 'wrong'; problems: FileProblem[] }
  | { outcome: 'changed meanwhile' }
  | { outcome: 'read only'; code: string }

/**
 * Puts a text in the place of the file, whole or not at all, and keeps what was there beside it.
 * @param version of the text that was changed: another one is there by now, and nothing is written
 */
export function saveBusinessText(app: Ports<'config' | 'now'>, text: string, version: string): Saved {
  const file = fileOf(app)
  const problems = problemsOf(text, file)
  if (problems.length > 0) return { outcome: 'wrong', problems }
  const present = readFileSync(file, 'utf8')
  if (versionOf(present) !== version) return { outcome: 'changed meanwhile' }
  const stamp = app.now().toISOString().replaceAll(/[:.]/g, '-')
  const backup = `${file}.${stamp}.bak`
  const next = `${file}.${stamp}.new`
  try {
    copyFileSync(file, backup, constants.COPYFILE_EXCL)
    writeFileSync(next, text, { mode: statSync(file).mode })
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    return { outcome: 'read only', code: codeOf(error) }
  }
  const changed = diffLines(present, text).filter(({ kind }) => kind === 'in' || kind === 'out').length
  return { outcome: 'saved', version: versionOf(text), backup: basename(backup), changed }
}
