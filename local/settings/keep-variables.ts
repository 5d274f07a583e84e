import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual, parseEnv } from 'node:util'

/**
 * Writes variables into an .env file: of each the line that counts is replaced, or one is added; comments, order and all other
 * lines stay as they are. Whatever ends the process meanwhile, the file is the old or the new one, whole. Only its owner may read it.
 * @throws Error when the file cannot be written, or when a value cannot stand in such a file; then nothing was changed
 */
export function keepVariables(file: string, values: Record<string, string>): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const text = Object.entries(values).reduce(withVariable, before)
  if (!isDeepStrictEqual({ ...parseEnv(text) }, { ...parseEnv(before), ...values }))
    throw new Error(`${file} cannot hold ${Object.keys(values).join(', ')}: write it there by hand`)
  const target = existsSync(file) ? realpathSync(file) : file
  const fresh = `${target}.${process.pid}.new`
  try {
    writeFileSync(fresh, text, { mode: 0o600 })
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/** Why `keepVariables` could not write there, in the words of the system; null: it can. */
export function reasonNotToKeep(file: string): string | null {
  try {
    if (existsSync(file)) readFileSync(file)
    for (const place of [dirname(file), ...(existsSync(file) ? [file] : [])])
      accessSync(place, constants.W_OK)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function withVariable(text: string, [name, value]: [string, string]): string {
  const line = `${name}=${quoted(value)}`
  const written = new RegExp(
    `^([ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*)("[^"]*"|'[^']*'|\`[^\`]*\`|[^#\\r\\n]*?)([ \\t]*(?:#.*)?)$`,
    'gm',
  )
  // The last one counts when a variable stands there twice.
  const found = [...text.matchAll(written)].at(-1)
  if (!found) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`
  const [whole, head = '', , comment = ''] = found
  return `${text.slice(0, found.index)}${head}${quoted(value)}${comment}${text.slice(found.index + whole.length)}`
}

/** As Node and docker compose both read it; compose fills in `$` but for single quotes. */
function quoted(value: string): string {
  if (/^[\w./+:@=,-]*$/.test(value)) return value
  return (
    ["'", '"', '`'].map((mark) => (value.includes(mark) ? null : mark + value + mark)).find(Boolean) ?? value
  )
}
