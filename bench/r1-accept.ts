import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { testVariables } from '../api/src/testing/test-config.ts'
import { atLeast, type Benchmark, type Figure } from './benchmark.ts'
import { median } from './median.ts'
import { startN8nWebhook } from './r1/n8n-webhook.ts'
import { findPgbench, runPgbench } from './r1/pgbench.ts'
import { sendHooks } from './r1/send-hooks.ts'
import { startBenchPostgres } from './start-postgres.ts'

const rounds = 3
const ms = 4000
const goals = { pgbench: 0.45, n8n: 30 }
const many = 16

type Rates = Record<'api' | 'api64' | 'n8n' | 'pgbench', number[]>

/** Hooks that are accepted, which means stored, beside the same statement by pgbench and the same work by n8n's webhook, in turns. */
export const accept: Benchmark = {
  id: 'r1',
  title: 'hooks accepted a second beside pgbench with the same SQL, and beside n8n alone (about 2 minutes)',
  run: async ({ say, progress }) => {
    const pgbench = findPgbench()
    if (!pgbench)
      throw new Error('pgbench is not installed: apt-get install postgresql-client-common postgresql')
    const postgres = await startBenchPostgres()
    const { databaseUrl, folder } = postgres
    try {
      progress('Starting the API and an n8n of its own')
      const api = await startDoor(databaseUrl)
      const n8n = await startN8nWebhook({
        folder: join(folder, 'n8n'),
        own: postgres.n8n,
        target: postgres.own,
      })
      try {
        let firstId = 1
        const send = (door: URL, connections: number) => {
          firstId += 1_000_000
          return sendHooks(door, { connections, ms, firstId })
        }
        const bench = () => runPgbench(pgbench, { folder, databaseUrl, connections: many, ms })
        const rates: Rates = { api: [], api64: [], n8n: [], pgbench: [] }
        // The first round only warms up.
        for (let round = 0; round <= rounds; round++) {
          progress(round === 0 ? 'Warming up' : `Round ${round} of ${rounds}`)
          const measured = {
            pgbench: await bench(),
            api: await send(api.door, many),
            api64: await send(api.door, 64),
            n8n: await send(n8n.door, many),
          }
          if (round > 0)
            for (const name of ['pgbench', 'api', 'api64', 'n8n'] as const) rates[name].push(measured[name])
        }
        return show(rates, say)
      } finally {
        api.stop()
        await n8n.stop()
      }
    } finally {
      await postgres.stop()
    }
  },
}

async function startDoor(databaseUrl: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'r1/accept-server.ts')], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(String(line).trim()))
    child.once('exit', (code) => reject(new Error(`The API ended with ${code}`)))
  })
  return {
    door: new URL(`/hooks/amocrm/${testVariables.AMOCRM_WEBHOOK_SECRET}`, address),
    stop: () => child.stdin.end(),
  }
}

function show(rates: Rates, say: (line: string) => void): Figure[] {
  const rate = (name: keyof Rates) => median(rates[name])
  const line = (name: keyof Rates, title: string) =>
    say(`| ${title} | ${Math.round(rate(name))} | ${rates[name].map(Math.round).join(', ')} |`)
  say('| hooks stored a second | median | each round |\n|---|---|---|')
  line('pgbench', `pgbench, the same statement, ${many} connections`)
  line('api', `the API, ${many} connections`)
  line('api64', 'the API, 64 connections')
  line('n8n', `n8n's webhook alone, ${many} connections`)
  return [
    atLeast('r1/of-pgbench', rate('api') / rate('pgbench'), goals.pgbench),
    atLeast('r1/times-n8n', rate('api') / rate('n8n'), goals.n8n),
  ]
}
