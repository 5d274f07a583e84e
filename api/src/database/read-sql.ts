import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A statement of the durable core: one file, one statement, named for what it does. */
export const readSql = (folder: string, name: string) => ({
  name,
  text: readFileSync(join(folder, `${name}.sql`), 'utf8'),
})
