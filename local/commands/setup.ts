/** `npm run setup`: for a person who has accounts and nothing in .env yet. */
import { join, resolve } from 'node:path'
import { texts } from '../../texts/index.ts'
import { repository } from '../settings/config.ts'
import { checkSetup } from '../setup/check-setup.ts'
import { runSetup } from '../setup/run-setup.ts'
import { setupJson, showSetup } from '../setup/show-setup.ts'
import { openInterview } from '../terminal/interview.ts'
import { abortOnSignals, fail, readLanguage, readOptions } from './command-line.ts'

const help = `
npm run setup
npm run setup -- --check [--json]

Asks which integrations are to be real, and each key of them; says where it is found, tries it on the spot, and writes it into
.env, which only its owner may read. Enter keeps what is set, Ctrl-C leaves; what was checked stays. Without a terminal the answers are
read line by line, so that a script can give them. Nothing has to run. It ends with a table: what is real, how it was checked, what
comes next.

  --check            asks nothing and writes nothing into .env: the table of what is set, exit code 1 when something is wrong
  --json             with --check: JSON instead of the table
  --language ru|en   default: the terminal's; --lang is the same
  --env FILE         another file to read and write (default: .env)
  --data FOLDER      where secrets are kept (default: .data)
`

const options = readOptions(help, {
  check: { type: 'boolean' },
  json: { type: 'boolean' },
  language: { type: 'string' },
  lang: { type: 'string' },
  env: { type: 'string' },
  data: { type: 'string' },
})
const language = readLanguage(options.language ?? options.lang)
const text = texts[language].terminal.setup
const signal = abortOnSignals()
const ports = {
  place: {
    folder: repository,
    envFile: resolve(options.env ?? join(repository, '.env')),
    dataDir: resolve(options.data ?? join(repository, '.data')),
    environment: process.env,
  },
  places: { telegram: null, google: null },
  now: () => new Date(),
  language,
}
// Whatever is under way is given up: the file is whole at any moment.
signal.addEventListener('abort', () => {
  console.log(`\n${text.left(ports.place.envFile)}`)
  process.exit(1)
})

try {
  if (options.check) {
    const checked = await checkSetup(ports)
    console.log(options.json ? JSON.stringify(setupJson(checked)) : showSetup(checked, text))
    process.exitCode = checked.ok ? 0 : 1
  } else {
    const person = openInterview()
    const checked = await runSetup({ ...ports, person, text, signal })
    person.close()
    process.exitCode = checked?.ok ? 0 : 1
  }
} catch (error) {
  fail(error)
}
process.exit()
