import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The prompt between the ```prompt fences of a page in docs/.
 * @throws when the page has no such block, or more than one
 */
export function readPrompt(page: 'prompts-classifier.md' | 'prompts-sales.md'): string {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')
  const blocks = [...text.matchAll(/^```prompt\n(.*?)^```$/gms)]
  if (blocks.length !== 1)
    throw new Error(`docs/${page} must have exactly one \`\`\`prompt block, not ${blocks.length}`)
  return blocks[0]![1]!.trim()
}
