import { abortOnSignals, createProgress, fail, readOptions, untilAborted } from './command-line.ts'
import { loadConfig } from '../settings/config.ts'
import { startSystem } from '../system/system.ts'

const help = `
npm run simulators -- [options]

Starts only the simulators of the outside services (amoCRM, Telegram, language models, Google Calendar) that have a mock_
value in .env. Stays up until Ctrl-C.

  --data FOLDER    where their state is kept (default: .data)
  --help           this text
`

const options = readOptions(help, { data: { type: 'string' } })
const log = createProgress((line) => console.log(line))
const signal = abortOnSignals()

try {
  const config = loadConfig(options.data ? { dataDir: options.data } : {})
  if (config.simulators.length === 0)
    throw new Error('No value in .env starts with mock_, so no simulator is needed.')
  const system = await startSystem({ config, log, signal, only: ['simulators'] })
  for (const name of config.simulators) console.log(`  ${name.padEnd(10)}${system.urls[name]}`)
  await untilAborted(signal)
  await system.stop()
} catch (error) {
  if (!signal.aborted) fail(error)
}
process.exit()
