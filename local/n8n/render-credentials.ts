import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type JsonFile = { name: string; content: unknown }

/**
 * The credential templates of a folder with `${VARIABLE}` in their texts filled in. The JSON is parsed before, so a value
 * with quotes or line ends cannot break it.
 * @throws for a variable that does not exist
 */
export function renderCredentials(folder: string, variables: Record<string, string>): JsonFile[] {
  return readJsonFiles(folder).map(({ name, content }) => ({ name, content: fill(content, variables, name) }))
}

/** The JSON files of a folder, in the order of their names. */
export function readJsonFiles(folder: string): JsonFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'package.json')
    .sort()
    .map((name) => {
      try {
        return { name, content: JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown }
      } catch (error) {
        throw new Error(`${join(folder, name)}: ${(error as Error).message}`, { cause: error })
      }
    })
}

function fill(value: unknown, variables: Record<string, string>, file: string): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, variables, file))
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, variables, file)]))
  }
  if (typeof value !== 'string') return value
  return value.replaceAll(/\$\{(\w+)\}/g, (_all, name: string) => {
    const text = variables[name]
    if (text === undefined) throw new Error(`${file} asks for the variable ${name}, which has no value`)
    return text
  })
}
