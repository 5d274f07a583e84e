/**
 * `node n8n/workflows/adopt.ts FILE`: brings a workflow that was edited in n8n's editor back into the sources. Prompts go into
 * docs/prompts-*.md, all else into n8n/workflows/edits, which the build puts on top of what the TypeScript makes.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { buildSource, editFile, jsonFile, workflowNames, workflowText } from './build-workflows.ts'
import { PromptFault } from './check-prompt.ts'
import { findEdit } from './edit.ts'
import { promptPages, readPrompt, writePrompt } from './prompts.ts'
import { contentOf, type WorkflowNode } from './workflow-content.ts'

const [file] = process.argv.slice(2)
if (!file) refuse('Which file?')
const edited = contentOf(JSON.parse(readFileSync(file, 'utf8')))
const name = workflowNames.find((known) => contentOf(buildSource(known)).id === edited.id)
if (!name) refuse(`${edited.name} (${edited.id}) is none of our workflows`)

const written: string[] = []
for (const [node, page] of Object.entries(promptPages)) {
  const prompt = findPrompt(edited.nodes.find((candidate) => candidate.name === node))
  // An expression is no text for people to read: it stays with the edit.
  if (!prompt || prompt.system.startsWith('=') || prompt.system.trim() === readPrompt(page)) continue
  try {
    writePrompt(page, prompt.system)
  } catch (error) {
    if (!(error instanceof PromptFault)) throw error
    refuse(`${error.message}\nIt was not brought into docs/; the edit in n8n stays as it is.`)
  }
  prompt.system = readPrompt(page)
  written.push(`docs/${page}`)
}

const edit = findEdit(contentOf(buildSource(name)), edited)
if (edit) {
  mkdirSync(dirname(editFile(name)), { recursive: true })
  writeFileSync(editFile(name), `${JSON.stringify(edit, null, 2)}\n`)
  written.push(relative(process.cwd(), editFile(name)))
} else rmSync(editFile(name), { force: true })
// A prompt may be part of several.
for (const each of workflowNames) {
  const text = workflowText(each)
  if (readFileSync(jsonFile(each), 'utf8') === text) continue
  writeFileSync(jsonFile(each), text)
  written.push(relative(process.cwd(), jsonFile(each)))
}
console.log(written.join('\n'))

function findPrompt(node: WorkflowNode | undefined): { system: string } | undefined {
  const parameters = node?.parameters as { system?: string } | undefined
  return parameters?.system === undefined ? undefined : (parameters as { system: string })
}

/** What a person can mend needs no stack. */
function refuse(problem: string): never {
  console.error(problem)
  process.exit(1)
}
