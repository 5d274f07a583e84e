/** `npm run rehearse`: what the lead gets from each family of models, and when the models fail. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readModels } from '../../api/src/settings/models.ts'
import { abortOnSignals, createProgress, fail, readOptions } from '../../local/commands/command-line.ts'
import { repository } from '../../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../../local/settings/data-folder.ts'
import { rehearseFamilies, rehearseTroubles } from './rehearse.ts'
import { demoTable, troubleTable, withTables } from './tables.ts'

const help = `
npm run rehearse -- [options]

Plays the demo lead with a model of each family of config/models.yaml, then one lead for each thing that may be wrong with the models: a
refusal, an answer that is cut, silence, a vendor that hangs, an overload. Everything is simulated, n8n is real; the simulator refuses what
the family refuses. Prints two tables. It takes some ten minutes, half of them the overload.

  --only families|troubles   one of the two
  --overload SECONDS         how long the vendors are overloaded (default: 300)
  --write                    puts the tables into docs/models.md; not with --only
  --json                     one JSON object on stdout
  --help                     this text

Exit codes: 0 every lead was booked or answered; 1 one was not; 2 a wrong option.
`
const options = readOptions(help, {
  only: { type: 'string' },
  overload: { type: 'string' },
  write: { type: 'boolean' },
  json: { type: 'boolean' },
})
const wrong = (text: string) => {
  console.error(text)
  process.exit(2)
}
const { only, overload = '300' } = options
if (only !== undefined && only !== 'families' && only !== 'troubles')
  wrong('--only must be families or troubles')
if (!/^[1-9]\d{0,3}$/.test(overload)) wrong('--overload must be a number of seconds, 1 to 9999')
if (options.write && only) wrong('--write needs both tables: leave --only out')

const page = join(repository, 'docs/models.md')
const dataDir = makeTemporaryDataFolder()
const ports = { dataDir, say: createProgress((line) => console.error(line)), signal: abortOnSignals() }
try {
  const table = readModels()
  const demos = only === 'troubles' ? [] : await rehearseFamilies(table, ports)
  const troubles = only === 'families' ? [] : await rehearseTroubles(table, Number(overload), ports)
  const tables = [
    ...(demos.length > 0 ? [demoTable(demos)] : []),
    ...(troubles.length > 0 ? [troubleTable(troubles)] : []),
  ]
  console.log(options.json ? JSON.stringify({ demos, troubles }) : tables.join('\n\n'))
  if (options.write) writeFileSync(page, withTables(readFileSync(page, 'utf8'), tables))
  const good = demos.every(({ booked }) => booked) && troubles.every(({ answeredBy }) => answeredBy !== null)
  process.exitCode = good ? 0 : 1
} catch (error) {
  fail(error)
} finally {
  removeDataFolder(dataDir)
}
process.exit()
