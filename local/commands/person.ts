import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ErasedPerson, HeldOfPerson } from '@lead/contract/console'
import { findUrls } from '../settings/service-environments.ts'
import { loadOrEnd, readArguments } from './command-line.ts'

const help = `
npm run person -- export  --lead ID | --phone PHONE | --telegram NAME  [--to FILE]
npm run person -- erase   --lead ID | --phone PHONE | --telegram NAME  [--yes]
npm run person -- allow   --lead ID | --phone PHONE | --telegram NAME
npm run person -- list

Everything that is kept of one person, as the running API server finds it: by lead (several: --lead 1 --lead 2), by phone, by the username
or the number of their Telegram account.
  export   all of it as JSON: tables, messages, files, raw events
  erase    shows what there is; with --yes it is deleted for good, in n8n's executions too, and the person is never written to again.
           The proof says what, where and how many, with a hash. What stands in amoCRM, Telegram and Google is named, to be deleted there
  allow    an erased person came back by their own will and may be met again
  list     who was erased when: numbers only

  --wait SECONDS   erase: so long it is tried again while an execution of n8n, a turn or a delivery that may be about them has not ended
                   (default: 180). Meanwhile nothing new is begun with them, and what is waited for is said
  --n8n-by-hand    erase without n8n's executions: you delete them yourself
  --by NAME        who does it (default: the user of this machine)
  --api URL        another server (default: API_URL, else this machine)
  --token TOKEN    its API_TOKEN (default: from .env or .data/secrets.json)
  --json           JSON instead of lines
`

type Erasure = ErasedPerson['erasure']
type Listed = Erasure & { turnedAway: number }

const { values, positionals } = readArguments(help, {
  lead: { type: 'string', multiple: true },
  phone: { type: 'string' },
  telegram: { type: 'string' },
  to: { type: 'string' },
  yes: { type: 'boolean' },
  wait: { type: 'string', default: '180' },
  'n8n-by-hand': { type: 'boolean' },
  by: { type: 'string', default: process.env['USER'] ?? 'operator' },
  api: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
})
const [action = ''] = positionals
const named = [values.lead, values.phone, values.telegram].filter((one) => one !== undefined).length
const leadsFit = (values.lead ?? []).every((id) => /^\d+$/.test(id))
if (
  values.help ||
  !['export', 'erase', 'allow', 'list'].includes(action) ||
  !/^\d{1,5}$/.test(values.wait) ||
  (action !== 'list' && (named !== 1 || !leadsFit))
) {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

const config = loadOrEnd()
const base = (values.api ?? findUrls(config).api).replace(/\/$/, '')
const token = values.token ?? config.settings.API_TOKEN
const who = values.lead
  ? { leadIds: values.lead.map(Number) }
  : values.phone === undefined
    ? { telegram: values.telegram }
    : { phone: values.phone }

class NotYet extends Error {}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(base + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const answer = (await response.json()) as Answer & { detail?: string; title?: string }
  if (response.ok) return answer
  const detail = answer.detail ?? answer.title ?? String(response.status)
  throw response.status === 409 && detail.startsWith('Not yet') ? new NotYet(detail) : new Error(detail)
}

/** While something of the person is in other hands the answer is "not yet": it is asked again, and said what it waits for. */
async function askUntilFree<Answer>(path: string, body: object): Promise<Answer> {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  let saidAt = -Infinity
  let lastSaid = ''
  for (;;) {
    const answer = await ask<Answer>(path, body).catch((error: unknown) => {
      if (error instanceof NotYet) return error
      throw error
    })
    if (!(answer instanceof NotYet)) return answer
    const { message } = answer
    if (seconds() >= Number(values.wait))
      throw new Error(
        `${message}\nNothing was deleted after ${seconds()} s, and nothing new is begun with them: run it again later (--wait SECONDS: longer)` +
          (message.includes('n8n') ? ', or with --n8n-by-hand' : ''),
      )
    if (message !== lastSaid || seconds() - saidAt >= 10) {
      console.error(`${message} (${seconds()} s of at most ${values.wait} s)`)
      saidAt = seconds()
      lastSaid = message
    }
    await sleep(1000)
  }
}

const countsOf = (counts: Record<string, number>) =>
  Object.entries(counts).map(([table, count]) => `  ${String(count).padStart(6)}  ${table}`)

function show(answer: unknown, lines: () => string[]): void {
  console.log(values.json ? JSON.stringify(answer) : lines().join('\n'))
}

const alikeLines = (alike: number[]) =>
  alike.length > 0 ? [`Perhaps the same person, and not touched: leads ${alike.join(', ')}`] : []

async function exportAll(): Promise<void> {
  const answer = await ask<HeldOfPerson>('/person/export', who)
  if (!values.to) return console.log(JSON.stringify(answer, null, 2))
  writeFileSync(values.to, JSON.stringify(answer, null, 2), { mode: 0o600 })
  const rows = Object.values(answer.tables).reduce((sum, table) => sum + table.length, 0)
  show({ file: values.to, rows }, () => [`${rows} rows in ${values.to}`, ...alikeLines(answer.alike)])
}

async function erase(): Promise<void> {
  if (!values.yes) {
    const { tables, person, alike } = await ask<HeldOfPerson>('/person/export', who)
    const counts = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]))
    show({ person, tables: counts, alike }, () => [
      `Leads ${person.leads.join(', ') || '(none)'}:`,
      ...countsOf(counts),
      ...alikeLines(alike),
      'Nothing was deleted. With --yes it is, for good.',
    ])
    process.exitCode = 2
    return
  }
  const n8n = values['n8n-by-hand'] ? 'leave' : 'erase'
  const answer = await askUntilFree<ErasedPerson>('/person/erase', { who, by: values.by, n8n })
  const { proof, id, at } = answer.erasure
  const { amocrm, telegram, google } = answer.elsewhere
  show(answer, () => [
    `Erased, number ${id}, ${at}:`,
    ...countsOf(proof.deleted),
    ...countsOf(proof.blanked).map((line) => `${line} (only the person taken out)`),
    proof.n8nExecutions === null
      ? "n8n's executions are left to you"
      : `  ${String(proof.n8nExecutions).padStart(6)}  n8n executions`,
    `${proof.files} file(s) were among it; ${proof.marks} marks keep us from writing again`,
    `hash ${proof.hash}`,
    'Not ours to delete:',
    `  amoCRM: leads ${amocrm.leads.join(', ') || '(none)'}, contacts ${amocrm.contacts.join(', ') || '(none)'}`,
    `  Telegram: the chat with ${telegram.join(', ') || '(nobody)'}`,
    `  Google Calendar: ${google.join(', ') || '(no meeting to come)'}`,
    '  the provider of language models, by its own rules',
    ...alikeLines(answer.alike),
  ])
}

async function list(): Promise<void> {
  const erasures = await ask<Listed[]>('/person/erasures')
  show(erasures, () =>
    erasures.length === 0
      ? ['Nobody was erased']
      : erasures.map(
          ({ id, at, by, proof, turnedAway }) =>
            `${id}  ${at}  by ${by}  ${Object.values(proof.deleted).reduce((sum, count) => sum + count, 0)} rows, turned away since: ${turnedAway}  ${proof.hash}`,
        ),
  )
}

const actions: Record<string, () => Promise<void>> = {
  export: exportAll,
  erase,
  allow: async () => show(await ask<object>('/person/allow', who), () => ['May be met again']),
  list,
}
try {
  await actions[action]?.()
} catch (error) {
  const { message, cause } = error as Error
  console.error(cause ? `${base} does not answer: is the system running? (npm start)` : message)
  process.exitCode = 1
}
