import { parseArgs } from 'node:util'
import { loadConfig } from './config.ts'
import { findUrls } from './service-environments.ts'

const help = `
npm run outbox -- list [--state dead|pending|sending|done|cancelled]
npm run outbox -- retry ID
npm run outbox -- drop ID

What is on its way to Telegram and amoCRM. Without --state: the dead letters, which need a human. Asks the running API server.

  --api URL        another server (default: API_URL, else this machine)
  --token TOKEN    its API_TOKEN (default: from .env or .data/secrets.json)
  --json           JSON instead of lines
`

type Entry = {
  id: number
  leadId: number
  channel: string
  kind: string
  state: string
  attempts: number
  lastError: string | null
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    state: { type: 'string', default: 'dead' },
    api: { type: 'string' },
    token: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
const [action, id] = positionals
if (
  values.help ||
  !action ||
  !['list', 'retry', 'drop'].includes(action) ||
  (action !== 'list' && !/^\d+$/.test(id ?? ''))
) {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

const config = loadConfig()
const base = (values.api ?? findUrls(config).api).replace(/\/$/, '')
const token = values.token ?? config.settings.API_TOKEN
const path =
  action === 'list' ? `/outbox?state=${encodeURIComponent(values.state)}` : `/outbox/${id}/${action}`

try {
  const response = await fetch(base + path, {
    method: action === 'list' ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  const body = (await response.json()) as Entry[] & { detail?: string; title?: string }
  if (!response.ok) throw new Error(body.detail ?? body.title)
  if (values.json) console.log(JSON.stringify(body))
  else if (action !== 'list') console.log(`Row ${id}: ${action} done`)
  else if (body.length === 0) console.log(`Nothing is ${values.state}`)
  else
    for (const row of body)
      console.log(
        `${row.id}  lead ${row.leadId}  ${row.channel} ${row.kind}  tries ${row.attempts}  ${row.lastError ?? ''}`,
      )
} catch (error) {
  const { message, cause } = error as Error
  console.error(cause ? `${base} does not answer: is the system running? (npm start)` : message)
  process.exitCode = 1
}
