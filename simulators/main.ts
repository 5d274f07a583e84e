import { join } from 'node:path'
import { startAmocrm } from './amocrm/start.ts'
import { scopePrefix } from './google/oauth-client.ts'
import { accountOfKeyFile } from './google/service-accounts.ts'
import { startGoogle } from './google/start.ts'
import { startLlm } from './llm/start.ts'
import { startTelegram } from './telegram/start.ts'

/**
 * `node simulators/main.ts [amocrm] [telegram] [llm] [google]`: the named simulators, or all. Ports by SIM_*_PORT, the folder that
 * keeps their worlds by SIM_DATA_DIR (nothing is kept without it).
 */
const env = process.env
const port = (name: string, otherwise: number) => Number(env[name] || otherwise)
const host = env.SIM_HOST || '127.0.0.1'
const stateFile = (name: string) => (env.SIM_DATA_DIR ? join(env.SIM_DATA_DIR, `${name}.json`) : undefined)

/** What an admin of the Workspace delegates by docs/google-calendar-integration.md. */
const delegated = ['calendar.events', 'calendar.freebusy', 'calendar.calendarlist.readonly'].map(
  (name) => scopePrefix + name,
)

const starters = {
  amocrm: () => startAmocrm({ host, port: port('SIM_AMOCRM_PORT', 4010), stateFile: stateFile('amocrm') }),
  telegram: () =>
    startTelegram({
      host,
      port: port('SIM_TELEGRAM_PORT', 4020),
      controlPort: port('SIM_TELEGRAM_CONTROL_PORT', 4021),
      stateFile: stateFile('telegram'),
    }),
  llm: () => startLlm({ host, port: port('SIM_LLM_PORT', 4030), stateFile: stateFile('llm') }),
  google: () =>
    startGoogle({
      host,
      port: port('SIM_GOOGLE_PORT', 4040),
      stateFile: stateFile('google'),
      calendars: [{ id: env.GOOGLE_CALENDAR_EMAIL || 'seller@company.com', timeZone: 'Europe/Moscow' }],
      serviceAccounts: env.GOOGLE_SERVICE_ACCOUNT
        ? [accountOfKeyFile(env.GOOGLE_SERVICE_ACCOUNT, delegated)]
        : [],
    }),
}

const isName = (name: string): name is keyof typeof starters => name in starters
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !isName(name))
if (unknown.length > 0) {
  console.error(`Unknown simulator: ${unknown.join(', ')}. Known: ${Object.keys(starters).join(', ')}`)
  process.exit(2)
}
const names = asked.length > 0 ? asked.filter(isName) : (Object.keys(starters) as (keyof typeof starters)[])

const running: { close: () => Promise<void> }[] = []
for (const name of names) {
  try {
    const simulator = await starters[name]()
    running.push(simulator)
    console.log(`${name} simulator at ${simulator.url}`)
  } catch (error) {
    console.error(
      `The ${name} simulator did not start: ${error instanceof Error ? error.message : String(error)}`,
    )
    process.exit(1)
  }
}

const end = async () => {
  await Promise.all(running.map((simulator) => simulator.close()))
  process.exit(0)
}
process.on('SIGTERM', () => void end())
process.on('SIGINT', () => void end())
