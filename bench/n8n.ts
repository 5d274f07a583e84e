import { setTimeout as sleep } from 'node:timers/promises'
import { turnWorkflows, type TurnWorkflow } from '@lead/contract'
import { openDatabase } from '../api/src/database/pool.ts'
import { playLead } from '../local/demo/play-lead.ts'
import { openOwnerSession } from '../local/n8n/owner-session.ts'
import { loadConfig } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { simulatedSettings } from '../local/settings/simulated-settings.ts'
import { startSystem, type System } from '../local/system/system.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { cpuMsOf, megabytesOf, treeOf } from './processes.ts'

/** Bookings by each workflow. */
const bookings = 4
const idleMs = 20_000
/** Calls of models for a booking, and megabytes of the process that runs Code nodes. */
const goals = { 'lead-processing': 6, 'lead-processing-agent': 14, runner: 150 }

type Cost = { calls: number; input: number; output: number; dollars: number; cpuMs: number; seconds: number }
type Memory = { n8n: number; runner: number; runnerAfterCode: number }

/** What the same booking costs by either workflow, with the simulators: models answer at once, and their tokens are the texts' length by four. */
export const n8nCosts: Benchmark = {
  id: 'n8n',
  title:
    'a booking by lead-processing and by its agent: calls, tokens, CPU of n8n; memory of its Code nodes (about 5 minutes)',
  run: async ({ say, progress }) => {
    const costs = new Map<TurnWorkflow, Cost>()
    let memory: Memory | undefined
    for (const workflow of turnWorkflows) {
      progress(`Starting a system with ${workflow}`)
      await withSystem(workflow, async (system) => {
        costs.set(workflow, await measureBookings(system))
        memory ??= await measureMemory(system)
      })
    }
    return show(costs, memory, say)
  },
}

async function withSystem(workflow: TurnWorkflow, work: (system: System) => Promise<void>): Promise<void> {
  const dataDir = makeTemporaryDataFolder()
  const config = loadConfig({
    dataDir,
    freePorts: true,
    environment: { ...process.env, ...simulatedSettings, TURN_WORKFLOW: workflow },
  })
  const system = await startSystem({ config, log: () => {} })
  try {
    await work(system)
  } finally {
    await system.stop()
    removeDataFolder(dataDir)
  }
}

async function measureBookings(system: System): Promise<Cost> {
  const n8n = system.processes.n8n?.pid() ?? 0
  // The first booking makes n8n read its nodes.
  await playLead({ urls: system.urls, lang: 'en', print: () => {} })
  const db = openDatabase(system.databaseUrl, 1)
  const from = cpuMsOf(n8n)
  const began = Date.now()
  const leads: number[] = []
  for (let count = 0; count < bookings; count += 1) {
    const { booked, leadId } = await playLead({ urls: system.urls, lang: 'en', print: () => {} })
    if (!booked) throw new Error(`Lead ${leadId} was not booked`)
    leads.push(leadId)
  }
  const tookMs = Date.now() - began
  const idleFrom = cpuMsOf(n8n)
  const usedMs = idleFrom - from
  // Afterwards: n8n has work of its own after a start.
  await sleep(idleMs)
  const cpuMs = usedMs - ((cpuMsOf(n8n) - idleFrom) / idleMs) * tookMs
  const { rows } = await db.query<{ calls: number; input: number; output: number; dollars: number }>(
    `select count(*)::int as calls, sum(input_tokens)::int as input, sum(output_tokens)::int as output, sum(cost_usd)::float8 as dollars
     from model_calls c join turns t on t.id = c.turn_id where t.lead_id = any($1)`,
    [leads],
  )
  await db.end()
  const { calls = 0, input = 0, output = 0, dollars = 0 } = rows[0] ?? {}
  const each = (sum: number) => sum / bookings
  return {
    calls: each(calls),
    input: each(input),
    output: each(output),
    dollars: each(dollars),
    cpuMs: each(cpuMs),
    seconds: each(tookMs) / 1000,
  }
}

async function measureMemory(system: System): Promise<Memory> {
  const n8n = system.processes.n8n?.pid() ?? 0
  const runner = treeOf(n8n).find(({ command }) => command.includes('task-runner'))?.pid
  if (runner === undefined) throw new Error('n8n runs no process for its Code nodes')
  const idle = { n8n: megabytesOf(n8n), runner: megabytesOf(runner) }
  await runCode(system)
  return { ...idle, runnerAfterCode: megabytesOf(runner) }
}

/** A Code node with our calendar rules, by hand. */
async function runCode({ urls, config }: System): Promise<void> {
  const { ask } = await openOwnerSession(urls.n8n, config)
  const js =
    "const { readTime } = require('n8n-nodes-lead-processing/calendar-helpers.js')\nreturn [{ json: readTime({ text: 'tomorrow at 11', reference: $now.toISO(), tz: 'Europe/Moscow' }) }]"
  const workflow = await ask<{ id: string }>('POST', '/workflows', {
    name: 'A Code node',
    nodes: [
      {
        id: 'begin',
        name: 'Begin',
        type: 'n8n-nodes-base.manualTrigger',
        typeVersion: 1,
        position: [0, 0],
        parameters: {},
      },
      {
        id: 'code',
        name: 'Code',
        type: 'n8n-nodes-base.code',
        typeVersion: 2,
        position: [240, 0],
        parameters: { jsCode: js },
      },
    ],
    connections: { Begin: { main: [[{ node: 'Code', type: 'main', index: 0 }]] } },
    settings: {},
  })
  const { executionId } = await ask<{ executionId: string }>('POST', `/workflows/${workflow.id}/run`, {
    workflowData: workflow,
    triggerToStartFrom: { name: 'Begin' },
  })
  for (;;) {
    const { status } = await ask<{ status: string }>('GET', `/executions/${executionId}`)
    if (status === 'success') return
    if (['error', 'crashed'].includes(status)) throw new Error('The Code node failed')
    await sleep(200)
  }
}

function show(
  costs: Map<TurnWorkflow, Cost>,
  memory: Memory | undefined,
  say: (line: string) => void,
): Figure[] {
  say('workflow                calls   tokens in   out   dollars   CPU of n8n   seconds')
  for (const [name, { calls, input, output, dollars, cpuMs, seconds }] of costs)
    say(
      `${name.padEnd(22)}${calls.toFixed(1).padStart(7)}${Math.round(input).toString().padStart(12)}${Math.round(output).toString().padStart(6)}${dollars.toFixed(5).padStart(10)}${`${Math.round(cpuMs)} ms`.padStart(13)}${seconds.toFixed(1).padStart(10)}`,
    )
  const { n8n = 0, runner = 0, runnerAfterCode = 0 } = memory ?? {}
  say(
    `memory (RSS): n8n ${n8n.toFixed(0)} MB; its process for Code nodes ${runner.toFixed(0)} MB, after one Code node ${runnerAfterCode.toFixed(0)} MB`,
  )
  return [
    ...[...costs].map(([name, { calls }]) => ({
      id: `n8n/calls/${name}`,
      value: calls,
      goal: goals[name],
      met: calls <= goals[name],
    })),
    {
      id: 'n8n/memory/runner',
      value: runnerAfterCode,
      goal: goals.runner,
      met: runnerAfterCode <= goals.runner,
    },
  ]
}
