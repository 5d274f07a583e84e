import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promptOf, withPrompt } from '@lead/contract'

/** The page in docs/ that is the source of a node's prompt. */
export const promptPages = {
  'AI classifier': 'prompts-classifier.md',
  'AI sales': 'prompts-sales.md',
} as const
/** The agent's page is added to another one, and is no node's prompt by itself. */
export type PromptPage = (typeof promptPages)[keyof typeof promptPages] | 'prompts-agent.md'

const docs = join(import.meta.dirname, '../../docs')

/**
 * The prompt between the ```prompt fences of a page.
 * @throws when the page has no such block, or more than one
 */
export const readPrompt = (page: PromptPage, folder = docs): string => readPromptFile(join(folder, page))

/**
 * The same of any file in the form of those pages.
 * @throws when the file has no such block, or more than one
 */
export const readPromptFile = (file: string): string => promptOf(readFileSync(file, 'utf8'), file)

/**
 * Puts a prompt between the fences of its page.
 * @throws when it would end the block itself
 */
export function writePrompt(page: PromptPage, prompt: string, folder = docs): void {
  if (/^```/m.test(prompt)) throw new Error(`A prompt must not have a line that begins with \`\`\`: ${page}`)
  readPrompt(page, folder)
  const file = join(folder, page)
  writeFileSync(file, withPrompt(readFileSync(file, 'utf8'), prompt))
}
