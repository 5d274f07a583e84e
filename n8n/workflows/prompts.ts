import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The page in docs/ that is the source of a node's prompt. */
export const promptPages = {
  'AI classifier': 'prompts-classifier.md',
  'AI sales': 'prompts-sales.md',
} as const
export type PromptPage = (typeof promptPages)[keyof typeof promptPages]

const docs = join(import.meta.dirname, '../../docs')
const block = /^```prompt\n(.*?)^```$/gms

/**
 * The prompt between the ```prompt fences of a page.
 * @throws when the page has no such block, or more than one
 */
export function readPrompt(page: PromptPage, folder = docs): string {
  const blocks = [...readFileSync(join(folder, page), 'utf8').matchAll(block)]
  const [only] = blocks
  if (!only?.[1] || blocks.length !== 1)
    throw new Error(`docs/${page} must have exactly one \`\`\`prompt block, not ${blocks.length}`)
  return only[1].trim()
}

/**
 * Puts a prompt between the fences of its page.
 * @throws when it would end the block itself
 */
export function writePrompt(page: PromptPage, prompt: string, folder = docs): void {
  if (/^```/m.test(prompt)) throw new Error(`A prompt must not have a line that begins with \`\`\`: ${page}`)
  readPrompt(page, folder)
  const file = join(folder, page)
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(block, () => `\`\`\`prompt\n${prompt.trim()}\n\`\`\``),
  )
}
