import { type JsonSchema, jsonSchema } from './json-schema.ts'
import type { ModelRequest } from './model-request.ts'
import { type Turn, turnSchema } from './turn.ts'

export type Prompt = {
  name: 'classifier/2' | 'sales/2' | 'reviewer/1' | 'other'
  turn: Turn | undefined
  /** The turn's JSON text; differs between two conversations. */
  turnText: string
  /** The schema that the prompt itself shows (n8n's format instructions). */
  schema: JsonSchema | undefined
}

/** Finds which of our prompts this is, its turn, and the JSON Schema that n8n appends to it. */
export function readPrompt(request: Pick<ModelRequest, 'system' | 'user'>): Prompt {
  const text = request.user.join('\n')
  const found = findTurn(text)
  const around = found ? text.slice(0, found.from) + text.slice(found.to) : text
  const named = /^\s*Prompt: (classifier\/2|sales\/2|reviewer\/1)\s*$/m.exec(`${request.system}\n${around}`)
  return {
    name: (named?.[1] ?? 'other') as Prompt['name'],
    turn: found?.turn,
    turnText: found?.text ?? '',
    schema: findSchema(`${request.system}\n${around}`),
  }
}

/** The prompt text itself names the tags, and a lead may write them, so the one pair that holds a JSON object counts. */
function findTurn(text: string) {
  for (let from = text.indexOf('<turn>'); from >= 0; from = text.indexOf('<turn>', from + 1)) {
    for (let end = text.lastIndexOf('</turn>'); end > from; end = text.lastIndexOf('</turn>', end - 1)) {
      const inside = text.slice(from + '<turn>'.length, end)
      const turn = turnSchema.safeParse(parseJson(inside))
      if (turn.success) return { turn: turn.data, text: inside, from, to: end + '</turn>'.length }
    }
  }
  return undefined
}

function findSchema(text: string): JsonSchema | undefined {
  const blocks = [...text.matchAll(/```(?:json)?\s*\n([\s\S]*?)\n```/g)].toReversed()
  for (const [, inside] of blocks) {
    const schema = jsonSchema.safeParse(parseJson(inside ?? ''))
    if (schema.success && (schema.data.properties || schema.data.type)) return schema.data
  }
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
