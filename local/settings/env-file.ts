import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { otherSpelling } from '../../api/src/settings/variables.ts'

export type Variables = Record<string, string | undefined>

export type GivenVariables = {
  /** The value of each variable that has one. */
  values: Record<string, string>
  /** Variables that come from .env or the environment and not from .env.example. */
  given: Set<string>
  problems: string[]
  notes: string[]
}

/**
 * The variables `names` from, in rising order: .env.example of the folder (the defaults), `envFile`, the environment. NAME_FILE
 * gives the content of a file. An empty value counts as not set.
 */
export function readVariables(
  names: string[],
  { folder, envFile, environment }: { folder: string; envFile: string | null; environment: Variables },
): GivenVariables {
  const result: GivenVariables = { values: {}, given: new Set(), problems: [], notes: [] }
  const own = envFile === null ? {} : readEnvFile(envFile)
  const layers = [
    { label: '.env.example', variables: readEnvFile(join(folder, '.env.example')) },
    { label: '.env', variables: own },
    { label: 'the environment', variables: environment },
  ]
  for (const { label, variables } of layers) {
    for (const name of names) {
      const value = variables[name] ?? variables[otherSpelling(name)]
      const file = variables[`${name}_FILE`]
      if (value === undefined && !file) continue
      if (label !== '.env.example') result.given.add(name)
      if (file && value) result.problems.push(`${name} and ${name}_FILE are both set in ${label}: remove one`)
      else result.values[name] = file ? readSecretFile(name, file, result.problems) : value!.trim()
    }
  }
  const known = new Set(names.flatMap((name) => [name, `${name}_FILE`, otherSpelling(name)]))
  const unknown = Object.keys(own).filter((name) => !known.has(name))
  if (unknown.length) result.notes.push(`.env has variables that nothing reads: ${unknown.join(', ')}`)
  for (const name of names) if (!result.values[name]) delete result.values[name]
  return result
}

export function readEnvFile(file: string): Variables {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}

function readSecretFile(name: string, file: string, problems: string[]): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    problems.push(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
    return ''
  }
}
