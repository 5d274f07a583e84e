import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { repository } from '../local/settings/config.ts'

/** A data file of the evaluation. @throws Error that names the file and each wrong row */
export function readYaml<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(`${relative(repository, file)}:\n${z.prettifyError(parsed.error)}`)
}

/** A message, or several in a row; YAML reads a bare 3 as a number. */
export const saidSchema = z
  .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])).min(1)])
  .transform((said) => (Array.isArray(said) ? said.map(String) : [String(said)]))
