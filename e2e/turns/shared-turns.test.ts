import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { openDatabase } from '../../api/src/database/pool.ts'
import { proposal } from '../../api/src/testing/seed.ts'
import { loadConfig } from '../../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../../local/settings/data-folder.ts'
import type { Service } from '../../local/processes/processes.ts'
import { simulatedSettings } from '../../local/settings/simulated-settings.ts'
import { startSystem, type System } from '../../local/system/system.ts'
import { startSecondApi } from './second-api.ts'
import { ask, until } from '../system.ts'

const turns = Number(process.env.SHARED_TURNS ?? 1000)

type Dispatch = { turnId: number; leadId: number; fencing: number }

const dataDir = makeTemporaryDataFolder()
const dispatches: Dispatch[] = []
const accepted: Dispatch[] = []
let apis: string[] = []
let system: System | undefined
let second: Service | undefined
let token: string

/** In n8n's place: it journals and completes, each report to the other process than the one before. */
const n8n = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  response.end('{}')
  // The API also asks whether n8n answers at all.
  if (request.method !== 'POST') return
  const { turn } = JSON.parse(Buffer.concat(chunks).toString()) as {
    turn: { id: number; fencing: number; leadId: number }
  }
  const dispatch = { turnId: turn.id, leadId: turn.leadId, fencing: turn.fencing }
  const api = apis[dispatches.push(dispatch) % apis.length]!
  const { turnId, fencing } = dispatch
  const report = (step: string, json: object) =>
    ask(`${api}/turns/${turnId}/${step}`, { token, json: { turnId, fencing, ...json } })
  const journaled = (await report('decision', proposal())).body as { outcome: string }
  if (journaled.outcome === 'accepted') accepted.push(dispatch)
  await report('complete', {})
})

before(async () => {
  await new Promise<void>((resolve) => n8n.listen(0, '127.0.0.1', resolve))
  const config = loadConfig({
    dataDir,
    freePorts: true,
    environment: { ...process.env, ...simulatedSettings },
  })
  token = config.settings.API_TOKEN
  const { port } = n8n.address() as AddressInfo
  const variables = { N8N_PORT: String(port), N8N_URL: `http://127.0.0.1:${port}` }
  system = await startSystem({
    config,
    log: () => {},
    durable: false,
    only: ['postgres', 'simulators', 'api'],
    apiVariables: variables,
  })
  const other = await startSecondApi(system, variables)
  second = other.service
  apis = [system.urls.api, other.url]
})
after(async () => {
  n8n.close()
  await second?.stop()
  await system?.stop()
  removeDataFolder(dataDir)
})

test('two API processes share the turns, and none is thought twice', async (t) => {
  const db = openDatabase(system!.databaseUrl)
  try {
    await db.query(
      `insert into leads (id, name) select number, 'Lead ' || number from generate_series(1, $1::int) number`,
      [turns],
    )
    const started = Date.now()
    await db.query(`insert into turns (lead_id, kind, run_at) select id, 'answer', now() from leads`)
    const takers = new Set<string>()
    await until(
      'all turns are done',
      async () => {
        const { rows } = await db.query<{ claimed_by: string }>(
          'select distinct claimed_by from turns where claimed_by is not null',
        )
        for (const row of rows) takers.add(row.claimed_by)
        const { rows: open } = await db.query<{ open: number }>(
          `select count(*)::int as open from turns where kind = 'answer' and state <> 'done'`,
        )
        return open[0]!.open === 0
      },
      120,
    )
    const seconds = (Date.now() - started) / 1000
    t.diagnostic(`${turns} turns in ${seconds.toFixed(1)} s, ${Math.round(turns / seconds)} a second`)
    assert.equal(dispatches.length, turns)
    assert.equal(new Set(dispatches.map(({ turnId }) => turnId)).size, turns)
    assert.equal(new Set(accepted.map(({ leadId }) => leadId)).size, turns)
    assert.ok(dispatches.every(({ fencing }) => fencing === 1))
    assert.equal(takers.size, 2, 'both processes took turns')
  } finally {
    await db.end()
  }
})
