import type { JsonSchema } from './json-schema.ts'

export type Vendor = 'openai' | 'anthropic'

/** One request for a completion, with the vendor's wire format taken off. */
export type ModelRequest = {
  vendor: Vendor
  model: string
  /** System and developer texts, joined. */
  system: string
  /** User texts in order. */
  user: string[]
  tools: { name: string; schema: JsonSchema | undefined }[]
  /** What the tools that were called since the last user text gave, in order: JSON where it is. */
  toolResults: { tool: string; result: unknown }[]
  /** A tool's name, `required` (any tool) or `auto`. */
  toolChoice: string
  /** What the request's own format option asks for. */
  format: 'text' | 'json' | { schema: JsonSchema | undefined }
  /** Tokens, those of thinking included. */
  maxTokens: number | undefined
  /** Tokens that the model thinks before it answers. */
  thinkingTokens: number
}

/** The model's answer, before it gets the vendor's wire format. */
export type Completion = {
  /** Counted from 1; ids are made of it. */
  number: number
  /** Unix seconds. */
  created: number
  model: string
  text: string
  /** When set, the answer is this tool call and `text` is empty. `input` is JSON text, not always valid. */
  tool: { name: string; input: string } | undefined
  finish: 'stop' | 'length' | 'tool' | 'refusal'
  inputTokens: number
  /** Of those, what the vendor had read before. */
  cachedTokens: number
  /** Those of thinking included. */
  outputTokens: number
  thinkingTokens: number
}

/** Tokens of a text: a quarter of its length, at least one. */
export const countTokens = (text: string) => Math.max(1, Math.ceil(text.length / 4))

/** The answer of a tool: n8n gives a list of items as JSON, of which an agent has one. */
export function readToolResult(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? (value[0] as unknown) : value
  } catch {
    return text
  }
}
