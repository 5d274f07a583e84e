import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The page in docs/ that is the source of a node's prompt. */
export const promptPages = {
  'AI classifier': 'prompts-classifier.md',
  'AI sales': 'prompts-sales.md',
} as const
/** The agent's page is added to another one, and is no node's prompt by itself. */
export type PromptPage = (typeof promptPages)[keyof typeof promptPages] | 'prompts-agent.md'

const docs = join(import.meta.dirname, '../../docs')
const block = /^```prompt\n(.*?)^```$/gms

/**
 * The prompt between the ```prompt fences of a page.
 * @throws when the page has no such block, or more than one
 */
export const readPrompt = (page: PromptPage, folder = docs): string => readPromptFile(join(folder, page))

/**
 * The same of any file in the form of those pages.
 * @throws when the file has no such block, or more than one
 */
export function readPromptFile(file: string): string {
  const blocks = [...readFileSync(file, 'utf8').matchAll(block)]
  const [only] = blocks
  if (!only?.[1] || blocks.length !== 1)
    throw new Error(`${file} must have exactly one \`\`\`prompt block, not ${blocks.length}`)
  return joinLines(only[1].trim())
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
    text.replace(block, () => `\`\`\`prompt\n${keepLines(prompt.trim())}\n\`\`\``),
  )
}

/** Whether a line goes on with the sentence of the line before, which was only broken to be read in a file. */
const goesOn = (before: string, line: string, inList: boolean) =>
  before !== '' &&
  line !== '' &&
  !line.startsWith('- ') &&
  (/^\s/.test(line) || (!inList && !before.endsWith(':')))

/** A prompt without the line breaks of its file. As in Markdown, a line break after two spaces stays. */
function joinLines(text: string): string {
  return eachLine(text, (before, line, isMore) =>
    isMore && !before.endsWith('  ') ? ` ${line.trim()}` : `\n${line}`,
  ).replace(/ {2}$/gm, '')
}

/** The other way round: a line break that `joinLines` would take away gets its two spaces. */
const keepLines = (text: string) =>
  eachLine(text, (_before, line, isMore) => (isMore ? `  \n${line}` : `\n${line}`))

function eachLine(text: string, add: (before: string, line: string, isMore: boolean) => string): string {
  let inList = false
  return text.split('\n').reduce((joined, line, index, lines) => {
    const before = lines[index - 1] ?? ''
    const isMore = goesOn(before, line, inList)
    inList = line.startsWith('- ') || (inList && isMore)
    return index === 0 ? line : joined + add(before, line, isMore)
  }, '')
}
