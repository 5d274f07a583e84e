import { existsSync } from 'node:fs'
import { readPrompt, readPromptFile } from '../n8n/workflows/prompts.ts'

export type Prompts = { classifier: string; sales: string }

/**
 * The prompts of docs/, or with one of them out of `file`: its first line says which.
 * @throws when there is no such file, it has no prompt block, or one of neither kind
 */
export function readPrompts(file?: string): Prompts {
  const prompts = { classifier: readPrompt('prompts-classifier.md'), sales: readPrompt('prompts-sales.md') }
  if (file === undefined) return prompts
  if (!existsSync(file)) throw new Error(`${file}: there is no such file`)
  const prompt = readPromptFile(file)
  const kind = /^Prompt: (classifier|sales)\/\d+/.exec(prompt)?.[1]
  if (kind !== 'classifier' && kind !== 'sales')
    throw new Error(`${file}: the prompt must begin with "Prompt: classifier/2" or "Prompt: sales/2"`)
  return { ...prompts, [kind]: prompt }
}
