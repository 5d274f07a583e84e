/** Emits the workflows as JSON that n8n imports. `--check`: says which committed file is stale instead, exit 1. */
import { readFileSync, writeFileSync } from 'node:fs'
import { jsonFile, workflowNames, workflowText } from './build-workflows.ts'
import { PromptFault } from './check-prompt.ts'

const check = process.argv.includes('--check')
const texts = workflowNames.map((name) => [name, textOf(name)] as const)
for (const [name, text] of texts) {
  if (!check) writeFileSync(jsonFile(name), text)
  else if (readFileSync(jsonFile(name), 'utf8') !== text) {
    console.error(`n8n/workflows/${name}.json is stale: run \`npm run build\` and commit it`)
    process.exitCode = 1
  }
}

/** A prompt that cannot be used ends it before anything is written. */
function textOf(name: (typeof workflowNames)[number]): string {
  try {
    return workflowText(name)
  } catch (error) {
    if (!(error instanceof PromptFault)) throw error
    console.error(`${error.message}\nNothing was changed: the workflows have the prompt of before.`)
    process.exit(1)
  }
}
