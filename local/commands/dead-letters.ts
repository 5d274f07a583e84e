import { findUrls } from '../settings/service-environments.ts'
import { loadOrEnd, readArguments } from './command-line.ts'

export type DeadLetters<Entry> = {
  /** The name of the command and of the API's route. */
  name: 'outbox' | 'inbox' | 'turns'
  /** What may be listed; the first one is what people have to look at. */
  states: string[]
  actions: ('retry' | 'drop')[]
  /** Whether `retry all` is there. */
  all?: boolean
  about: string
  line: (entry: Entry) => string
}

/** `list` and what may be done with a row, over the running API server, for what people have to look at. Sets the exit code. */
export async function manageDeadLetters<Entry>({
  name,
  states,
  actions,
  all = false,
  about,
  line,
}: DeadLetters<Entry>): Promise<void> {
  const help = `
npm run ${name} -- list [--state ${states.join('|')}]
${actions.map((action) => `npm run ${name} -- ${action} ${all ? 'ID|all' : 'ID'}`).join('\n')}

${about} Without --state: those that need a human. Asks the running API server.

  --api URL        another server (default: API_URL, else this machine)
  --token TOKEN    its API_TOKEN (default: from .env or .data/secrets.json)
  --json           JSON instead of lines
`
  const { values, positionals } = readArguments(help, {
    state: { type: 'string', default: states[0] ?? '' },
    api: { type: 'string' },
    token: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  })
  const [action, id] = positionals
  if (
    values.help ||
    !action ||
    !['list', ...actions].includes(action) ||
    (action !== 'list' && !/^\d+$/.test(id ?? '') && !(all && id === 'all'))
  ) {
    console.log(help.trim())
    process.exitCode = values.help ? 0 : 2
    return
  }

  const config = loadOrEnd()
  const base = (values.api ?? findUrls(config).api).replace(/\/$/, '')
  const token = values.token ?? config.settings.API_TOKEN
  const path =
    action === 'list'
      ? `/${name}?state=${encodeURIComponent(values.state)}`
      : `/${name}/${id === 'all' ? '' : `${id}/`}${action}`

  try {
    const response = await fetch(base + path, {
      method: action === 'list' ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}` },
    })
    const body = (await response.json()) as Entry[] & { detail?: string; title?: string }
    if (!response.ok) throw new Error(body.detail ?? body.title)
    if (values.json) console.log(JSON.stringify(body))
    else if (id === 'all') console.log(JSON.stringify(body))
    else if (action !== 'list') console.log(`Row ${id}: ${action} done`)
    else if (body.length === 0) console.log(`Nothing is ${values.state}`)
    else for (const entry of body) console.log(line(entry))
  } catch (error) {
    const { message, cause } = error as Error
    console.error(cause ? `${base} does not answer: is the system running? (npm start)` : message)
    process.exitCode = 1
  }
}
