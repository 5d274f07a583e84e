import { one, openDatabase, type Queryable } from '../../api/src/database/pool.ts'
import { startOffice } from '../../e2e/talks/talk-system.ts'
import { n8nDatabase } from '../../local/n8n/n8n.ts'
import { megabytesOfTree } from '../processes.ts'
import { openCrowd, type Waited } from './play-crowd.ts'
import { type Step, steps } from './talk.ts'
import { beyondIdle, countCpu, mapParts, measureIdle, type Parts } from './usage.ts'

/** So many come at once, and so often: one alone says little. */
const usual = [
  { leads: 1, times: 4 },
  { leads: 10, times: 1 },
  { leads: 60, times: 1 },
]
const sellers = 48

/** One step of a crowd: for each lead CPU-ms beyond the idle load, executions of n8n, and what each lead waited. */
export type StepOfCrowd = {
  leads: number
  step: Step
  cpuMs: Parts
  executions: number
  waited: Waited[]
  wallMs: number
}
export type Crowds = {
  steps: StepOfCrowd[]
  played: number
  startMs: number
  /** Megabytes, before the first lead and after the last. */
  memory: { idle: Parts; after: Parts }
  /** Bytes of both databases that a lead leaves behind. */
  perLead: { ours: number; n8n: number }
  idleCpuPerSecond: Parts
}

let measured: Promise<Crowds> | undefined

/** Crowds of leads through the whole system, measured once for all benchmarks that ask. `largest`: of one more crowd; 0 for none. */
export const measureCrowds = (progress: (line: string) => void, largest: number): Promise<Crowds> =>
  (measured ??= measure(progress, largest > 0 ? [...usual, { leads: largest, times: 1 }] : usual))

type Crowd = { leads: number; times: number }

async function measure(progress: (line: string) => void, crowds: Crowd[]): Promise<Crowds> {
  progress('Starting the whole system')
  const began = performance.now()
  const office = await startOffice(sellers, {}, 'shipped')
  const startMs = performance.now() - began
  const { system } = office
  const n8nDb = openN8nDatabase(system)
  const crowd = openCrowd(office)
  try {
    const { processes } = system
    const pids = {
      n8n: processes.n8n?.pid() ?? 0,
      api: processes.api?.pid() ?? 0,
      postgres: processes.postgres?.pid() ?? 0,
    }
    const memory = () => mapParts((part) => megabytesOfTree(pids[part]))
    progress('The first lead only warms up')
    await crowd.play(1, async (_step, take) => void (await take()))
    const idle = await measureIdle(pids)
    const before = { memory: memory(), ours: await sizeOf(crowd.db), n8n: await sizeOf(n8nDb) }
    const all: StepOfCrowd[] = []
    for (const { leads, times } of crowds)
      for (let time = 0; time < times; time++)
        await crowd.play(leads, async (step, take) => {
          progress(`${leads} at once${times > 1 ? ` (${time + 1} of ${times})` : ''}: ${step}`)
          const executions = await executionsOf(n8nDb)
          const count = countCpu(pids)
          const waited = await take()
          const { used, ms } = count()
          const beyond = beyondIdle(used, idle, ms)
          all.push({
            leads,
            step,
            wallMs: ms,
            waited,
            executions: ((await executionsOf(n8nDb)) - executions) / leads,
            cpuMs: mapParts((part) => beyond[part] / leads),
          })
        })
    const played = crowds.reduce((sum, { leads, times }) => sum + leads * times, 0)
    return {
      steps: gather(all, crowds),
      played,
      startMs,
      memory: { idle: before.memory, after: memory() },
      perLead: {
        ours: ((await sizeOf(crowd.db)) - before.ours) / played,
        n8n: ((await sizeOf(n8nDb)) - before.n8n) / played,
      },
      idleCpuPerSecond: mapParts((part) => idle[part] * 1000),
    }
  } finally {
    await crowd.close()
    await n8nDb.end()
    await office.stop()
  }
}

/** Times of the same crowd become one, each a mean. */
function gather(all: StepOfCrowd[], crowds: Crowd[]): StepOfCrowd[] {
  return crowds.flatMap(({ leads }) =>
    steps.map((step) => {
      const same = all.filter((taken) => taken.leads === leads && taken.step === step)
      const mean = (of: (taken: StepOfCrowd) => number) =>
        same.reduce((sum, taken) => sum + of(taken), 0) / same.length
      return {
        leads,
        step,
        cpuMs: mapParts((part) => mean(({ cpuMs }) => cpuMs[part])),
        executions: mean(({ executions }) => executions),
        wallMs: mean(({ wallMs }) => wallMs),
        waited: same.flatMap(({ waited }) => waited),
      }
    }),
  )
}

function openN8nDatabase({ config, databaseUrl }: Awaited<ReturnType<typeof startOffice>>['system']) {
  const names = n8nDatabase(config, databaseUrl)
  const url = new URL(databaseUrl)
  url.pathname = `/${names.DB_POSTGRESDB_DATABASE}`
  url.username = names.DB_POSTGRESDB_USER
  url.password = names.DB_POSTGRESDB_PASSWORD
  return openDatabase(url.href, 1)
}

const sizeOf = async (db: Queryable) =>
  one(await db.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes')).bytes

/** Executions that were ever begun: their ids are a sequence. */
const executionsOf = async (db: Queryable) =>
  one(
    await db.query<{ count: number }>(
      `select coalesce(pg_sequence_last_value(pg_get_serial_sequence('execution_entity', 'id')::regclass), 0) as count`,
    ),
  ).count
