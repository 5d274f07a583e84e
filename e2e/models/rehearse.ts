import { Client } from 'pg'
import { playLead } from '../../local/demo/play-lead.ts'
import { loadConfig } from '../../local/settings/config.ts'
import { simulatedSettings } from '../../local/settings/simulated-settings.ts'
import { startSystem, type System } from '../../local/system/system.ts'
import { familyOf, type ModelTable } from '../../api/src/settings/models.ts'
import { ask } from '../system.ts'
import { callsOf, type Served, serveLead } from './serve-lead.ts'

type Vendor = 'openai' | 'anthropic'
type Running = { system: System; db: Client }
type Ports = { dataDir: string; say: (line: string) => void; signal: AbortSignal }

/** The demo with a model of one family. */
export type Demo = {
  vendor: Vendor
  family: string
  model: string
  booked: boolean
  /** From the card to the first message, and to the booked meeting. */
  seconds: { first: number | null; all: number }
  calls: number
  /** Calls of this model that had no answer to use, by what came instead. */
  failed: string[]
  /** US dollars: as the system reckons, and as the vendor does. null: nobody knows a price. */
  cost: number | null
  bill: number | null
}
/** A lead that comes while something is wrong. */
export type Trouble = {
  who: string
  what: string
  /** Each call: vendor, outcome, seconds. */
  calls: { vendor: string; outcome: string; seconds: number }[]
  answeredBy: string | null
  afterSeconds: number
}

const vendorNames = { openai: 'OpenAI', anthropic: 'Claude' } as const
const mode = (system: System, json: object) => ask(`${system.urls.llm}/_sim/mode`, { json })

async function run<Result>(
  models: { openai: string; anthropic: string },
  { dataDir, signal }: Ports,
  work: (running: Running) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig({
    dataDir,
    freePorts: true,
    environment: {
      ...process.env,
      ...simulatedSettings,
      OPENAI_MODEL: models.openai,
      ANTHROPIC_MODEL: models.anthropic,
    },
  })
  const system = await startSystem({ config, log: () => {}, durable: false, signal })
  const db = new Client({ connectionString: system.databaseUrl })
  try {
    await db.connect()
    await mode(system, { mode: 'modest' })
    return await work({ system, db })
  } finally {
    await db.end()
    await system.stop()
  }
}

/** The demo with the example of each family of the table, each asked first once. */
export async function rehearseFamilies(table: ModelTable, ports: Ports): Promise<Demo[]> {
  const examples = (vendor: Vendor) =>
    table.families.filter((family) => family.vendor === vendor).map(({ example }) => example)
  const [openai, anthropic] = [examples('openai'), examples('anthropic')]
  const demos: Demo[] = []
  for (let index = 0; index < Math.max(openai.length, anthropic.length); index++) {
    const models = {
      openai: openai[index] ?? table.successors.openai,
      anthropic: anthropic[index] ?? table.successors.anthropic,
    }
    await run(models, ports, async (running) => {
      if (openai[index]) demos.push(await playDemo(table, running, 'openai', models.openai))
      if (!anthropic[index]) return
      await mode(running.system, { mode: 'locked', vendor: 'openai' })
      demos.push(await playDemo(table, running, 'anthropic', models.anthropic))
    })
    for (const { model, booked } of demos.slice(-2))
      ports.say(`${model}: ${booked ? 'booked' : 'NOT booked'}`)
  }
  return demos.toSorted((a, b) => Number(a.vendor === 'anthropic') - Number(b.vendor === 'anthropic'))
}

async function playDemo(
  table: ModelTable,
  { system, db }: Running,
  vendor: Vendor,
  model: string,
): Promise<Demo> {
  const billed = async () => {
    const bill = (await ask(`${system.urls.llm}/_sim/bill`)).body as Record<string, { usd: number | null }>
    return bill[model]?.usd ?? null
  }
  const before = (await billed()) ?? 0
  const { leadId, personId, booked, crmUpdated, seconds } = await playLead({
    urls: system.urls,
    lang: 'ru',
    print: () => {},
  })
  const after = await billed()
  const calls = (await callsOf(db, { id: personId, leadId })).filter((call) => call.vendor === vendor)
  const costs = calls.flatMap(({ cost_usd: cost }) => (cost === null ? [] : [Number(cost)]))
  return {
    vendor,
    family: String(familyOf(table, vendor, model)?.pattern.source).replace('(?:)', 'any other'),
    model,
    booked: booked && crmUpdated,
    seconds: { first: seconds.firstMessage, all: seconds.total },
    calls: calls.length,
    failed: calls.flatMap(({ outcome }) => (outcome === 'ok' ? [] : [outcome])),
    cost: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : null,
    bill: after === null ? null : after - before,
  }
}

const kinds: [mode: string, what: string][] = [
  ['refusing', 'refuses'],
  ['short', 'is cut at its limit'],
  ['empty', 'says nothing'],
  ['hanging', 'hangs'],
]

/** A lead for each thing that may be wrong with the models, with those that are set by default. */
export async function rehearseTroubles(
  table: ModelTable,
  overloadSeconds: number,
  ports: Ports,
): Promise<Trouble[]> {
  return run(table.successors, ports, async (running) => {
    const rows: Trouble[] = []
    let number = 0
    const serve = async (who: string, what: string, trouble: object, longest: number) => {
      await mode(running.system, trouble)
      const served = await serveLead(running, (number += 1), longest).catch(() => null)
      rows.push(rowOf(who, what, served, longest))
      ports.say(`${who} ${what}: ${rows.at(-1)!.answeredBy ?? 'nobody'}, ${rows.at(-1)!.afterSeconds} s`)
      // One good answer, and what failed before does not count against a vendor any more.
      await mode(running.system, { mode: 'modest' })
      await serveLead(running, (number += 1), 120)
    }
    const overloaded = `overloaded for ${overloadSeconds} s`
    for (const [name, what] of kinds) await serve('OpenAI', what, { vendor: 'openai', mode: name }, 120)
    const overload = { mode: 'overloaded', forMs: overloadSeconds * 1000 }
    await serve('OpenAI', `is ${overloaded} (503)`, { ...overload, vendor: 'openai' }, 120)
    await serve('Claude', `is ${overloaded} (529)`, { ...overload, vendor: 'anthropic' }, 120)
    // A vendor that is away is asked once a minute.
    await serve('both', `are ${overloaded}`, overload, overloadSeconds + 120)
    return rows
  })
}

function rowOf(who: string, what: string, served: Served | null, longest: number): Trouble {
  const calls = served?.calls ?? []
  const last = calls.findLast(({ outcome }) => outcome === 'ok')?.vendor
  return {
    who,
    what,
    calls: calls.map(({ vendor, outcome, ms }) => ({ vendor, outcome, seconds: ms / 1000 })),
    answeredBy: last === 'openai' || last === 'anthropic' ? vendorNames[last] : null,
    afterSeconds: Math.round(served ? served.ms / 1000 : longest),
  }
}
