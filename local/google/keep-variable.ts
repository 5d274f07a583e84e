import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Writes one variable into an .env file: its line is replaced, or one is added; everything else stays as it is. Only its owner may read the file. */
export function keepVariable(file: string, name: string, value: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const line = `${name}=${/^[\w./+-]*$/.test(value) ? value : JSON.stringify(value)}`
  const found = new RegExp(`^${name}=.*$`, 'm')
  const text = found.test(before)
    ? before.replace(found, () => line)
    : `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
