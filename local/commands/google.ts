/** `npm run google`: for a person at a terminal who gives the system its access to Google Calendar, and wants to know whether it works. */
import { join } from 'node:path'
import { texts } from '../../texts/index.ts'
import { checkGoogle, listCalendars } from '../../api/src/google/check-google.ts'
import { googleAccess } from '../google/google-access.ts'
import { getRefreshToken } from '../google/get-refresh-token.ts'
import { repository } from '../settings/config.ts'
import { keepVariables } from '../settings/keep-variables.ts'
import { abortOnSignals, fail, loadOrEnd, readArguments, readLanguage } from './command-line.ts'

const help = `
npm run google -- login [--port 0] [--print] [--env FILE]
npm run google -- check [--json] [--lang ru|en]
npm run google -- calendars [--json]

The access to Google Calendar, with GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET of .env, or the service account of
GOOGLE_SERVICE_ACCOUNT_FILE, which needs no login. Nothing else has to run.
  login      shows an address to open in a browser as the owner of the calendar, waits for the consent, and puts
             GOOGLE_REFRESH_TOKEN into .env; restart the system then. The client has to be of the type "Desktop app", or a
             web client with the address http://127.0.0.1:PORT/ of --port among its redirects
  check      a token, busy times of every seller's calendar, and a test event with guest and Meet, which is removed at once and
             mails nobody; every fault with the step that mends it, exit code 1 when there is any
  calendars  the calendars that the account sees, with their ids and rights; * is one of a seller

  --port PORT   where the browser comes back to, on this machine only (default: any free one)
  --print       prints the refresh token instead of storing it
  --env FILE    another file to put it into (default: .env)
  --json        JSON instead of lines
`

const { values, positionals } = readArguments(help, {
  port: { type: 'string', default: '0' },
  print: { type: 'boolean' },
  env: { type: 'string', default: join(repository, '.env') },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean' },
})
const [action = ''] = positionals
if (values.help || !['login', 'check', 'calendars'].includes(action)) {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('--port must be a port, 1 to 65535, or 0 for any free one')
  process.exit(2)
}
const language = readLanguage(values.lang)
const { report: words, startSimulators } = texts[language].terminal.checks
const config = loadOrEnd()
const { access, ...ours } = googleAccess(config)
const acting = access.serviceAccount

async function login(): Promise<void> {
  if (acting) {
    console.log(
      `No login is needed: ${acting.account.email} acts as ${acting.subject} (GOOGLE_SERVICE_ACCOUNT_FILE). npm run google -- check tries it`,
    )
    return
  }
  const { token, warning } = await getRefreshToken(access, {
    port,
    show: (address) => console.error(`Open this address as the owner of the calendar:\n\n${address}\n`),
    signal: abortOnSignals(),
  })
  if (warning) console.error(warning)
  if (values.print) console.log(token)
  else {
    keepVariables(values.env, { GOOGLE_REFRESH_TOKEN: token })
    console.log(
      `GOOGLE_REFRESH_TOKEN is in ${values.env} now. Restart the system; npm run google -- check tries it`,
    )
  }
}

async function check(): Promise<void> {
  const rows = await checkGoogle(access, { ...ours, now: new Date(), language })
  const faults = rows.filter(({ fault }) => fault !== null)
  if (faults.length > 0) process.exitCode = 1
  const lines = [
    ...faults.flatMap(({ what, fault, next, isAway }) => [
      `${words.fault.padEnd(6)} ${what}: ${fault}`,
      `       -> ${isAway && config.simulators.includes('google') ? startSimulators : next}`,
    ]),
    ...(faults.length === 0 ? [words.works] : []),
    ...rows
      .filter(({ fault }) => fault === null)
      .map(({ what, has }) => `${words.good.padEnd(6)} ${what}: ${has}`),
  ]
  console.log(values.json ? JSON.stringify(rows) : lines.join('\n'))
}

async function list(): Promise<void> {
  const found = await listCalendars(access, { ...ours, now: new Date() })
  const lines = found.map(({ id, summary, accessRole, timeZone, used }) =>
    `${used ? '*' : ' '} ${id}  ${accessRole}  ${timeZone}  ${summary}`.trimEnd(),
  )
  console.log(values.json ? JSON.stringify(found) : lines.join('\n'))
}

try {
  await { login, check, calendars: list }[action as 'login']()
} catch (error) {
  fail(error)
}
