import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const healthcheck = z.looseObject({ test: z.array(z.string()).optional(), disable: z.boolean().optional() })

const serviceSchema = z.looseObject({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  entrypoint: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  restart: z.string(),
  stop_grace_period: z.string().optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: healthcheck.optional(),
})

const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
})

export type Service = z.output<typeof serviceSchema>

/** docker-compose.yml as it stands: anchors and merge keys resolved, `${VARIABLE}` not. */
export const readComposeYaml = (file: string): unknown => parse(readFileSync(file, 'utf8'), { merge: true })

/** docker-compose.yml in the way that ours is written: lists and maps always in the same one of compose's forms. */
export const readCompose = (file: string) => composeSchema.parse(readComposeYaml(file))

/** The environment of a service's containers, with `variables` as .env. @throws like `interpolate` */
export function readEnvironment(service: Service, variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment).map(([name, value]) => [name, interpolate(value, variables)]),
  )
}

/** One `${NAME}`, `${NAME:-default}`, `${NAME:+instead}` or `${NAME:?message}` of a text. */
export type Reference = { name: string; operator: ':-' | ':+' | ':?' | ''; operand: string }

/**
 * Compose's interpolation, as far as our file uses it: the four forms above, nested in a default, and `$$` for one `$`. An
 * empty variable counts as not set.
 * @throws for a variable that must be set and is not, and for what compose would refuse
 */
export function interpolate(text: string, variables: Record<string, string>): string {
  return replaceReferences(text, ({ name, operator, operand }) => {
    const value = variables[name]
    if (operator === ':+') return value ? interpolate(operand, variables) : ''
    if (value) return value
    if (operator === ':?') throw new Error(`${name}: ${operand}`)
    if (operator === ':-') return interpolate(operand, variables)
    throw new Error(`${name} has no value and no default`)
  })
}

/** All variables that a text asks for, those inside a default as well. */
export function findReferences(text: string): Reference[] {
  const found: Reference[] = []
  replaceReferences(text, (reference) => {
    found.push(reference, ...findReferences(reference.operand))
    return ''
  })
  return found
}

function replaceReferences(text: string, replace: (reference: Reference) => string): string {
  let result = ''
  let at = 0
  while (at < text.length) {
    if (text.startsWith('$$', at)) {
      result += '$'
      at += 2
    } else if (text.startsWith('${', at)) {
      const end = findEnd(text, at + 2)
      const parts = /^(\w+)(?:(:-|:\+|:\?)(.*))?$/s.exec(text.slice(at + 2, end))
      if (!parts) throw new Error(`Not a reference to a variable: ${text.slice(at, end + 1)}`)
      result += replace({
        name: parts[1]!,
        operator: (parts[2] ?? '') as Reference['operator'],
        operand: parts[3] ?? '',
      })
      at = end + 1
    } else if (text[at] === '$') {
      throw new Error(`A lone $ in: ${text}`)
    } else {
      result += text[at]
      at += 1
    }
  }
  return result
}

/** The place of the `}` that belongs to the `${` before `start`. */
function findEnd(text: string, start: number): number {
  let depth = 1
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('${', at)) depth += 1
    if (text[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  throw new Error(`No } for the \${ in: ${text}`)
}
