/**
 * `npm run hook-burst -- [--hooks 2000] [--seconds 10] [--connections 200] [--direct]`: a burst of amoCRM's hooks at the door of a
 * whole system on this machine, and whether every lead arrives. `--direct`: at the API's own door. Exit code 0: no lead is lost.
 */
import { Agent, request } from 'node:http'
import { Client } from 'pg'
import { readOptions } from '../../local/commands/command-line.ts'
import { hookAddress } from '../../local/system/subscribe-hooks.ts'
import { ask, startTestSystem, until } from '../system.ts'

const help = `
npm run hook-burst -- [options]

Starts a whole system on this machine, sends a burst of amoCRM's hooks to its door, and counts the leads that arrive. Takes minutes.
Exit code 0: no lead is lost; 1: leads are lost; 2: a bad option.

  --hooks N         how many, one lead each (2000)
  --seconds N       within so many seconds (10)
  --connections N   on so many connections (200)
  --direct          at the API's own door instead of n8n's
  --help            this text
`
const values = readOptions(help, {
  hooks: { type: 'string' },
  seconds: { type: 'string' },
  connections: { type: 'string' },
  direct: { type: 'boolean' },
})
const hooks = countOf('hooks', 2000)
const seconds = countOf('seconds', 10)
const connections = countOf('connections', 200)

/** amoCRM hears no answer after that long. */
const patienceMs = 2000

const system = await startTestSystem()
const database = new Client({ connectionString: system.databaseUrl })
await database.connect()
try {
  const { urls, config } = system
  const address = hookAddress(config, urls)
  const token = config.settings.AMOCRM_API_KEY
  await ask(`${urls.amocrm}/_sim/limits`, { json: { perSecond: null } })
  // The simulator's own hooks are off: only the burst and the poll can bring the leads.
  await ask(`${urls.amocrm}/api/v4/webhooks`, { method: 'DELETE', token, json: { destination: address } })
  const ids = await makeLeads(`${urls.amocrm}/api/v4/leads`, token, hooks)
  const door = values.direct ? `${urls.api}/hooks/amocrm/${config.settings.AMOCRM_WEBHOOK_SECRET}` : address
  const { answers, tookMs } = await burst(new URL(door), ids)

  const began = Date.now()
  const known = async () => {
    const { rows } = await database.query<{ n: number }>(
      'select count(*)::int as n from leads where id = any($1)',
      [ids],
    )
    return rows[0]?.n ?? 0
  }
  const all = async () => ((await known()) === ids.length ? true : null)
  await until('every lead', all, 300).catch(() => {})
  const lost = ids.length - (await known())
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const percentile = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1] ?? 0)
  console.log(
    JSON.stringify({
      door: values.direct ? 'API' : 'n8n',
      hooks,
      offeredPerSecond: hooks / seconds,
      tookSeconds: Math.round(tookMs / 100) / 10,
      answers: count(answers.map(({ status }) => status)),
      withinTwoSeconds: answers.filter(({ status, ms }) => status === '200' && ms <= patienceMs).length,
      ms: { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) },
      allKnownAfterSeconds: Math.round((Date.now() - began) / 1000),
      leadsLost: lost,
    }),
  )
  process.exitCode = lost === 0 ? 0 : 1
} finally {
  await database.end()
  await system.stop()
}

function countOf(name: 'hooks' | 'seconds' | 'connections', otherwise: number): number {
  const given = values[name] === undefined ? otherwise : Number(values[name])
  if (Number.isInteger(given) && given > 0) return given
  console.error(`--${name}: a whole number above 0, not ${values[name]}`)
  process.exit(2)
}

async function makeLeads(url: string, token: string, wanted: number): Promise<number[]> {
  const ids: number[] = []
  while (ids.length < wanted) {
    const portion = Math.min(50, wanted - ids.length)
    const json = Array.from({ length: portion }, (_nothing, index) => ({
      name: `Заявка ${ids.length + index + 1}`,
    }))
    const { body } = await ask(url, { token, json })
    ids.push(...(body as { _embedded: { leads: { id: number }[] } })._embedded.leads.map(({ id }) => id))
  }
  return ids
}

/** Open loop: each hook has its moment, whether the ones before were answered or not. `ms` counts from that moment. */
async function burst(door: URL, ids: number[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const began = performance.now()
  const answers = await Promise.all(
    ids.map(async (id, index) => {
      const due = (index * seconds * 1000) / ids.length
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, began + due - performance.now())))
      const body = new URLSearchParams({
        'leads[add][0][id]': String(id),
        'leads[add][0][name]': `Заявка ${index + 1}`,
        'leads[add][0][custom_fields][0][name]': 'Город',
        'leads[add][0][custom_fields][0][values][0][value]': 'Казань',
      }).toString()
      const status = await post(door, agent, body).catch((error: Error) => error.message)
      return { status, ms: performance.now() - began - due }
    }),
  )
  const tookMs = performance.now() - began
  agent.destroy()
  return { answers, tookMs }
}

/** @returns the status of the answer, or what happened instead */
function post(door: URL, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = request(door, { method: 'POST', agent, headers, timeout: 60_000 }, (answer) => {
      answer.resume().on('end', () => resolve(String(answer.statusCode)))
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer')))
    sent.on('error', reject)
    sent.end(body)
  })
}

function count(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
