import { actionNames, classifierVersion, intentNames, promptOf, salesVersion } from '@lead/contract'

/** Pages of docs/. That of the agent is added to the one of sales, and is no node's prompt by itself. */
export type PromptPage = 'prompts-classifier.md' | 'prompts-sales.md' | 'prompts-agent.md'

/** A page whose prompt cannot be used: where, and what mends it. */
export class PromptFault extends Error {}

const rules: Record<PromptPage, { version: string | null; missing: (prompt: string) => string[] }> = {
  'prompts-classifier.md': {
    version: classifierVersion,
    missing: (prompt) =>
      intentNames
        .filter((name) => !prompt.includes(`\n- ${name}: `))
        .map((name) => `does not explain the intent ${name}: add a line "- ${name}: ..."`),
  },
  'prompts-sales.md': {
    version: salesVersion,
    missing: (prompt) => [
      ...actionNames
        .filter((name) => !new RegExp(`(?<![a-z_])${name}(?![a-z_])`).test(prompt))
        .map((name) => `does not say when to use the action ${name}`),
      ...['[TIMES]', '[MEETING]']
        .filter((mark) => !prompt.includes(mark))
        .map((mark) => `does not name the mark ${mark}, in whose place the real times are put`),
    ],
  },
  'prompts-agent.md': { version: null, missing: () => [] },
}

/**
 * The prompt of one of our own pages, whose answers must fit the schemas of contract/.
 * @param file for people
 * @throws PromptFault with every problem of the page, each with its line
 */
export function checkedPrompt(text: string, page: PromptPage, file: string): string {
  const at = (line: number, problem: string) => `${file}:${line}: ${problem}`
  const lines = text.split('\n')
  const fence = lines.findIndex((line) => line.startsWith('```prompt'))
  let prompt: string
  try {
    prompt = promptOf(text, file)
  } catch {
    const wrong = fence === -1 ? lines.findIndex((line) => line.startsWith('```')) : fence
    throw new PromptFault(
      at(
        Math.max(0, wrong) + 1,
        'the prompt must stand between a line "```prompt" and a line "```", once on the page, and not be empty',
      ),
    )
  }
  const { version, missing } = rules[page]
  const problems = [
    ...(version === null || prompt.startsWith(`Prompt: ${version}\n`)
      ? []
      : [at(fence + 2, `must begin with "Prompt: ${version}" and an empty line, the version of its schema`)]),
    ...missing(prompt).map((problem) => at(fence + 1, problem)),
  ]
  if (problems.length > 0) throw new PromptFault(problems.join('\n'))
  return prompt
}
