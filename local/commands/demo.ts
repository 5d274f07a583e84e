import { turnWorkflows } from '@lead/contract'
import { channels } from '../demo/begin-conversation.ts'
import { abortOnSignals, createProgress, fail, readLanguage, readOptions } from './command-line.ts'
import { loadConfig } from '../settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { playLead, stories } from '../demo/play-lead.ts'
import { simulatedSettings } from '../settings/simulated-settings.ts'
import { startSystem } from '../system/system.ts'

const help = `
npm run demo -- [options]

Starts the whole system with simulators on free ports in a temporary folder, sends one lead through it, and ends. Exit code
0 means: the meeting was booked (with the story reschedule: and moved) and the CRM was updated.

  --lang ru|en     the language of the lead (default: the terminal's)
  --story NAME     booking (default), or reschedule: the lead then wants another time for the meeting
  --channel NAME   userbot, bot or secretary: who talks to the lead in Telegram (default: userbot)
  --workflow NAME  lead-processing (default), or agent: n8n's AI Agent writes the messages
  --json           one JSON object on stdout, everything else on stderr
  --keep           keep the data folder (its name is printed)
  --data FOLDER    use and keep this folder: a second run on it is faster
  --help           this text
`

const options = readOptions(help, {
  lang: { type: 'string' },
  story: { type: 'string' },
  channel: { type: 'string' },
  workflow: { type: 'string' },
  json: { type: 'boolean' },
  keep: { type: 'boolean' },
  data: { type: 'string' },
})
const lang = readLanguage(options.lang)
const story = stories.find((name) => name === (options.story ?? 'booking'))
if (!story) {
  console.error(`--story must be one of: ${stories.join(', ')}`)
  process.exit(2)
}
const channel = channels.find((name) => name === (options.channel ?? 'userbot'))
if (!channel) {
  console.error(`--channel must be ${channels.join(', ')}`)
  process.exit(2)
}
const workflow = findWorkflow(options.workflow ?? 'lead-processing')
if (!workflow) {
  console.error('--workflow must be lead-processing or agent')
  process.exit(2)
}
const print = (line: string) => (options.json ? console.error(line) : console.log(line))
const log = createProgress(print)
const signal = abortOnSignals()
const dataDir = options.data ?? makeTemporaryDataFolder()
const keep = options.keep || options.data !== undefined

try {
  const config = loadConfig({
    dataDir,
    freePorts: true,
    environment: { ...process.env, ...simulatedSettings, TELEGRAM_MODE: channel, TURN_WORKFLOW: workflow },
  })
  const system = await startSystem({ config, log, signal })
  try {
    const stopped = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('Stopped')))
    })
    const played = playLead({ urls: system.urls, lang, story, channel, print })
    const result = await Promise.race([played, stopped])
    if (options.json) console.log(JSON.stringify(result))
    const isDone = result.booked && result.crmUpdated && (story === 'booking' || result.moved)
    if (!isDone) process.exitCode = 1
  } finally {
    await system.stop()
  }
} catch (error) {
  fail(error)
} finally {
  if (keep) print(`The data folder is kept: ${dataDir}`)
  else removeDataFolder(dataDir)
}
process.exit()

/** By its whole name, or by what it has after `lead-processing-`. */
function findWorkflow(given: string) {
  return turnWorkflows.find((name) => name === given || name === `lead-processing-${given}`)
}
