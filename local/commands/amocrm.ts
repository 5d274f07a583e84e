import { type Texts, texts } from '../../texts/index.ts'
import { loadOrEnd, readArguments, readLanguage } from './command-line.ts'
import { findUrls } from '../settings/service-environments.ts'
import { hookAddress } from '../system/subscribe-hooks.ts'

/** What n8n's door takes beside its other work on two cores: `npm run hook-burst`. */
const n8nHooksPerSecond = 20

const help = `
npm run amocrm -- status
npm run amocrm -- check [--lang ru|en]
npm run amocrm -- setup [--dry-run] [--lang ru|en]
npm run amocrm -- subscribe [--direct] [--to URL]
npm run amocrm -- unsubscribe [--direct] [--to URL]
npm run -s amocrm -- person < cards.jsonl

The amoCRM account, as the running API server sees it.
  status       whether amoCRM takes our requests, and which webhooks point to us
  check        every fault of the account, with the step that mends it, leads that we missed, cards that changed or differ (exit
               code 1 when there is any); then what the account has, row by row
  setup        shows what config/business.yaml names and the account lacks (stages, fields of the right types, tags, loss
               reasons), and makes it; what is there stays, so a repeat changes nothing. Exit code 1 when something has to be
               done by hand
  subscribe    points amoCRM's webhooks to n8n (N8N_URL), or with --direct to the API server (API_URL): better for an account
               with imports or mass edits of more than ${n8nHooksPerSecond} hooks a second
  unsubscribe  takes that address out again
  person       what is read of a person on a card, without database or network: every line of stdin is a JSON object with name,
               phones (a list), telegram, country (ISO code), all optional; the answer is a line with name (to greet by), phones
               (E.164, in the order tried) and username, null where there is none. A bad line: {"error": "field: why"} in its
               place, "line 3: field: why" on stderr, and exit code 1 at the end

  --to URL         another public address of n8n (or of the API server, with --direct)
  --api URL        another server to ask (default: API_URL, else this machine)
  --token TOKEN    its API_TOKEN (default: from .env or .data/secrets.json)
  --dry-run        with setup: only shows what it would make
  --json           JSON instead of lines
`

type Subscription = { address: string; disabled: boolean; lacks: string[] }
type Difference = { leadId: number; what: string; ours: string; theirs: string }
type Status = {
  gate: { open: boolean; detail?: string; until?: string }
  subscriptions: Subscription[] | null
}
type Row = { what: string; has: string; fault: string | null; next: string | null }
type Words = Texts['terminal']['checks']['amocrm']
type SetupRow = {
  what: keyof Words['kinds']
  name: string
  state: keyof Words['states']
  id: number | null
  detail: string
  next: string | null
}
type Report = {
  account: { id: number; name: string | null }
  rows: Row[]
  missedLeads: number[]
  changedLeads: Difference[]
  drift: Difference[]
}

const { values, positionals } = readArguments(help, {
  direct: { type: 'boolean' },
  to: { type: 'string' },
  api: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean' },
})
const [action = ''] = positionals
if (values.help || !['status', 'check', 'setup', 'subscribe', 'unsubscribe', 'person'].includes(action)) {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

if (action === 'person') {
  const { readPeople } = await import('./read-people.ts')
  await readPeople()
  process.exit()
}

const language = readLanguage(values.lang)
const { amocrm: words, report } = texts[language].terminal.checks
const config = loadOrEnd()
const urls = findUrls(config)
const base = (values.api ?? urls.api).replace(/\/$/, '')

const subscriptionLines = (list: Subscription[]) =>
  list.length === 0
    ? ['no webhook points to us: npm run amocrm -- subscribe']
    : list.map(({ address, disabled, lacks }) =>
        [
          `webhook ${address}`,
          disabled ? 'DISABLED by amoCRM: subscribe again' : 'on',
          lacks.length > 0 ? `lacks ${lacks.join(', ')}: subscribe again` : '',
        ]
          .filter(Boolean)
          .join('  '),
      )

const differenceLines = (title: string, list: Difference[]) =>
  list.map(
    ({ leadId, what, ours, theirs }) => `${title}  lead ${leadId}  ${what}: here ${ours}, there ${theirs}`,
  )

function findings({ rows, missedLeads, changedLeads, drift }: Report): string[] {
  return [
    ...rows.flatMap(({ what, has, fault, next }) =>
      fault === null ? [] : [`${report.fault.padEnd(6)} ${what} (${has}): ${fault}`, `       -> ${next}`],
    ),
    ...missedLeads.map((id) => `missed  lead ${id}`),
    ...differenceLines('changed', changedLeads),
    ...differenceLines('differs', drift),
  ]
}

function setupLines(rows: SetupRow[]): string[] {
  if (rows.some(({ state }) => state === 'refused')) process.exitCode = 1
  const lines = rows.flatMap(({ what, name, state, id, detail, next }) => [
    `${words.states[state].padEnd(8)} ${words.kinds[what]} "${name}"${id === null ? '' : ` ${id}`}${detail ? `  ${detail}` : ''}`,
    ...(next ? [`         -> ${next}`] : []),
  ])
  const count = (state: string) => rows.filter((row) => row.state === state).length
  const dryRun = values['dry-run'] ?? false
  const counts = {
    there: count('there'),
    made: count(dryRun ? 'missing' : 'made'),
    refused: count('refused'),
  }
  return [...lines, dryRun ? words.wouldBe(counts) : words.summary(counts)]
}

function linesOf(body: unknown): string[] {
  if (action === 'check') {
    const found = findings(body as Report)
    if (found.length > 0) process.exitCode = 1
    const { id, name } = (body as Report).account
    return [
      `${words.account} ${id} ${name ?? ''}`.trim(),
      ...(found.length > 0 ? found : [report.agrees]),
      ...(body as Report).rows
        .filter(({ fault }) => fault === null)
        .map(({ what, has }) => `${report.good.padEnd(6)} ${what}: ${has}`),
    ]
  }
  if (action === 'setup') return setupLines(body as SetupRow[])
  if (action !== 'status') return subscriptionLines(body as Subscription[])
  const { gate, subscriptions } = body as Status
  return [
    gate.open ? 'amoCRM takes our requests' : `amoCRM is not asked until ${gate.until}: ${gate.detail}`,
    ...(subscriptions ? subscriptionLines(subscriptions) : []),
  ]
}

function destination(): string {
  const secret = config.settings.AMOCRM_WEBHOOK_SECRET
  if (values.direct) return `${(values.to ?? urls.api).replace(/\/$/, '')}/hooks/amocrm/${secret}`
  return hookAddress(config, { ...urls, n8n: (values.to ?? urls.n8n).replace(/\/$/, '') })
}

try {
  const writes = action === 'subscribe' || action === 'unsubscribe' || action === 'setup'
  const sent = action === 'setup' ? { dryRun: values['dry-run'] ?? false } : null
  const response = await fetch(
    `${base}/amocrm/${action}${action === 'check' || action === 'setup' ? `?language=${language}` : ''}`,
    {
      method: writes ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${values.token ?? config.settings.API_TOKEN}`,
        ...(writes ? { 'content-type': 'application/json' } : {}),
      },
      ...(writes ? { body: JSON.stringify(sent ?? { destination: destination() }) } : {}),
    },
  )
  const body = (await response.json()) as { detail?: string; title?: string }
  if (!response.ok) throw new Error(body.detail ?? body.title)
  const lines = linesOf(body)
  if (action === 'subscribe' && !values.direct)
    lines.push(
      `n8n's door takes about ${n8nHooksPerSecond} hooks a second. If imports or mass edits send more: npm run amocrm -- subscribe --direct, then unsubscribe`,
    )
  console.log(values.json ? JSON.stringify(body) : lines.join('\n'))
} catch (error) {
  const { message, cause } = error as Error
  console.error(cause ? `${base} ${texts[language].terminal.login.away}` : message)
  process.exitCode = 1
}
