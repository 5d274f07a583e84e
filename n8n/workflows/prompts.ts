import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promptOf, withPrompt } from '@lead/contract'
import { checkedPrompt, type PromptPage } from './check-prompt.ts'

/** The page in docs/ that is the source of a node's prompt. */
export const promptPages = {
  'AI classifier': 'prompts-classifier.md',
  'AI sales': 'prompts-sales.md',
} as const satisfies Record<string, PromptPage>

const docs = join(import.meta.dirname, '../../docs')

/**
 * The prompt between the ```prompt fences of a page.
 * @throws PromptFault when it cannot be used with the schemas of contract/
 */
export const readPrompt = (page: PromptPage, folder = docs): string =>
  checkedPrompt(readFileSync(join(folder, page), 'utf8'), page, `docs/${page}`)

/**
 * The prompt of any file in the form of those pages, as it is.
 * @throws when the file has no such block, or more than one
 */
export const readPromptFile = (file: string): string => promptOf(readFileSync(file, 'utf8'), file)

/**
 * Puts a prompt between the fences of its page.
 * @throws when it would end the block itself; PromptFault when it cannot be used
 */
export function writePrompt(page: PromptPage, prompt: string, folder = docs): void {
  if (/^```/m.test(prompt)) throw new Error(`A prompt must not have a line that begins with \`\`\`: ${page}`)
  const file = join(folder, page)
  const text = withPrompt(readFileSync(file, 'utf8'), prompt)
  checkedPrompt(text, page, `the edit of docs/${page}`)
  writeFileSync(file, text)
}
