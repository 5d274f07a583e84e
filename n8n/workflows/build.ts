/** Emits the workflows as JSON that n8n imports. `--check`: says which committed file is stale instead, exit 1. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calendarSync } from './calendar-sync.ts'
import { errors } from './errors.ts'
import { leadIntake } from './lead-intake.ts'
import { leadProcessing } from './lead-processing.ts'

const check = process.argv.includes('--check')
const built = {
  'lead-processing': leadProcessing(),
  'lead-intake': leadIntake(),
  'calendar-sync': calendarSync(),
  errors: errors(),
}

for (const [name, flow] of Object.entries(built)) {
  const file = join(import.meta.dirname, `${name}.json`)
  const json = `${JSON.stringify({ ...flow.toJSON(), active: true }, null, 2)}\n`
  if (!check) writeFileSync(file, json)
  else if (readFileSync(file, 'utf8') !== json) {
    console.error(`n8n/workflows/${name}.json is stale: run \`npm run build\` and commit it`)
    process.exitCode = 1
  }
}
