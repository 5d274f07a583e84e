import {
  abortOnSignals,
  createProgress,
  fail,
  readLanguage,
  readOptions,
  untilAborted,
} from './command-line.ts'
import { loadConfig } from '../settings/config.ts'
import { playLead } from '../demo/play-lead.ts'
import type { Service } from '../processes/processes.ts'
import { describeSystem } from '../system/describe-system.ts'
import { ownerLink } from '../system/owner-link.ts'
import { startSystem } from '../system/system.ts'

const help = `
npm start -- [options]

Starts the whole system on this machine: PostgreSQL, n8n, the API server, and a simulator for each mock_ value in .env.
Then one demo lead goes through it. Stays up until Ctrl-C. A part that ends by itself is started again, up to 5 times within 10 minutes.

  --no-demo        no demo lead
  --lang ru|en     the language of the demo lead and of the summary (default: the terminal's)
  --data FOLDER    where everything is kept (default: .data)
  --help           this text
`

const options = readOptions(help, {
  'no-demo': { type: 'boolean' },
  lang: { type: 'string' },
  data: { type: 'string' },
})
const lang = readLanguage(options.lang)
const log = createProgress((line) => console.log(line))
const signal = abortOnSignals()

try {
  const config = loadConfig(options.data ? { dataDir: options.data } : {})
  const ended = new AbortController()
  const onUnexpectedExit = (service: Service, reason: string) => {
    if (signal.aborted || ended.signal.aborted) return
    fail(new Error(`${service.name} ended: ${reason}. Its log: ${service.logFile}`))
    ended.abort()
  }
  const system = await startSystem({ config, log, signal, restarts: true, onUnexpectedExit })
  const end = AbortSignal.any([signal, ended.signal])
  try {
    console.log(describeSystem(system, lang, await ownerLink(system)))
    const allSimulated = config.simulators.length === 4
    if (!options['no-demo'] && allSimulated) {
      const demo = playLead({
        urls: system.urls,
        lang,
        channel: config.settings.TELEGRAM_MODE,
        print: (line) => console.log(line),
      }).catch(fail)
      await Promise.race([demo, untilAborted(end)])
    }
    await untilAborted(end)
  } finally {
    console.log('\nStopping')
    await system.stop()
  }
} catch (error) {
  if (signal.aborted) console.log('Stopped')
  else fail(error)
}
process.exit()
