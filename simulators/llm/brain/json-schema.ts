import { z } from 'zod'

/** The part of JSON Schema that decides the shape of an answer. */
export type JsonSchema = {
  type?: string | string[] | undefined
  properties?: Record<string, JsonSchema> | undefined
  items?: JsonSchema | undefined
  enum?: unknown[] | undefined
  const?: unknown
  anyOf?: JsonSchema[] | undefined
}

export const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    items: jsonSchema.optional().catch(undefined),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(jsonSchema).optional(),
  }),
)

/**
 * Puts `answer` where the schema wants it: n8n's parser asks for {"output": {...}}, its first version for two levels.
 * The place is the first object whose properties include a key of the answer.
 */
export function wrapLike(
  schema: JsonSchema | undefined,
  answer: Record<string, unknown>,
): Record<string, unknown> {
  return (schema && place(schema, answer)) ?? answer
}

function place(schema: JsonSchema, answer: Record<string, unknown>): Record<string, unknown> | undefined {
  const properties = schema.properties ?? {}
  if (Object.keys(answer).some((key) => key in properties)) return answer
  for (const [key, inner] of Object.entries(properties)) {
    const placed = place(inner, answer)
    if (placed) return { [key]: placed }
  }
  return undefined
}

/** A small value that fits the schema, for prompts that the simulator has no rules for. Strings become `text`. */
export function sampleOf(schema: JsonSchema, text: string): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return sampleOf(schema.anyOf[0], text)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, sampleOf(inner, text)]),
    )
  if (type === 'array') return []
  if (type === 'number' || type === 'integer') return 0
  if (type === 'boolean') return false
  if (type === 'null') return null
  return text
}
