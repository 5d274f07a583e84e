import { z } from 'zod'

const fenced = /```(?:json)?\s*([\s\S]*?)```/
const wrapped = z.object({ output: z.unknown() })

/**
 * Reads a model's answer as n8n's parser does: out of a fence or bare, inside of `output`.
 * @throws when it is no JSON or does not fit
 */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const given: unknown = JSON.parse(fenced.exec(text)?.[1] ?? text)
  const inside = wrapped.safeParse(given)
  return schema.parse(inside.success && inside.data.output !== undefined ? inside.data.output : given)
}
