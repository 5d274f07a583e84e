/** Emits the workflows as JSON that n8n imports. `--check`: says which committed file is stale instead, exit 1. */
import { readFileSync, writeFileSync } from 'node:fs'
import { jsonFile, workflowNames, workflowText } from './build-workflows.ts'

const check = process.argv.includes('--check')
for (const name of workflowNames) {
  const text = workflowText(name)
  if (!check) writeFileSync(jsonFile(name), text)
  else if (readFileSync(jsonFile(name), 'utf8') !== text) {
    console.error(`n8n/workflows/${name}.json is stale: run \`npm run build\` and commit it`)
    process.exitCode = 1
  }
}
