import { cpus } from 'node:os'
import { join } from 'node:path'
import { secondCalendar, timeZone, writeBusinessConfig } from '../chaos/business-config.ts'
import { startCluster, type Cluster } from '../local/cluster/start-cluster.ts'
import { findRedis } from '../local/cluster/programs.ts'
import { loadConfig } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { simulatedSettings } from '../local/settings/simulated-settings.ts'
import { ask } from '../e2e/system.ts'
import { atLeast, atMost, type Benchmark } from './benchmark.ts'
import { openCrowd } from './crowd/play-crowd.ts'
import { cpuMsOf } from './processes.ts'
import { type Demand, predictTurnsPerSecond, slowdown } from './r10/predict.ts'

/** From the most to the least: who is stopped stays so. */
const points = [
  { workers: 4, apis: 2 },
  { workers: 2, apis: 2 },
  { workers: 1, apis: 2 },
  { workers: 1, apis: 1 },
]
const leads = 24
const goals = { error: 0.35, twoWorkers: 1 }
/** Turns of one lead from the card to the meeting, and the part of a day in which they come. */
const turnsOfLead = 6
const busyHours = 10

type Point = { workers: number; apis: number; perSecond: number; demand: Demand }

/** Turns a second by more and fewer processes, and what the model of docs/scaling.md says of the same. */
export const scale: Benchmark = {
  id: 'r10',
  title:
    'turns a second of the cluster with 1, 2 and 4 workers and 1 and 2 API processes, beside what the queueing model says (about 5 minutes)',
  run: async ({ say, progress }) => {
    if (!canRun()) {
      say('Left out: redis-server is not installed, and n8n needs it for its queue.')
      return []
    }
    const dataDir = makeTemporaryDataFolder()
    progress('Starting the cluster: 4 workers, 2 API processes')
    const cluster = await startCluster({
      config: loadConfig({
        dataDir,
        freePorts: true,
        environment: {
          ...process.env,
          ...simulatedSettings,
          BUSINESS_CONFIG: writeBusinessConfig(join(dataDir, 'config')),
        },
      }),
      replicas: { 'n8n-worker': 4, api: 2, 'n8n-webhook': 1 },
      log: progress,
      onUnexpectedExit: ({ name }, reason) => progress(`${name} ended: ${reason}`),
    })
    const crowd = openCrowd({ system: cluster, sellers: [{}, {}] })
    try {
      await ask(`${cluster.urls.telegram}/_sim/limits`, { json: { limits: 'none' } })
      await ask(`${cluster.urls.google}/_sim/calendars`, { json: { id: secondCalendar, timeZone } })
      progress('The first leads only warm up')
      await crowd.play(8, async (_step, take) => void (await take()), ['first touch', 'answer'])
      const measured: Point[] = []
      for (const point of points) {
        await shrink(cluster, point)
        progress(`${point.workers} workers, ${point.apis} API processes`)
        measured.push(await measurePoint(point))
      }
      return show(measured)
    } finally {
      await crowd.close()
      await cluster.stop()
      removeDataFolder(dataDir)
    }

    async function measurePoint(point: { workers: number; apis: number }): Promise<Point> {
      const found: Point = { ...point, perSecond: 0, demand: {} }
      await crowd.play(
        leads,
        async (step, take) => {
          const before = demandOf(cluster)
          const began = await databaseNow()
          await take()
          if (step !== 'answer') return
          const after = demandOf(cluster)
          found.demand = Object.fromEntries(
            Object.entries(after).map(([kind, ms]) => [kind, (ms - (before[kind] ?? 0)) / leads]),
          )
          found.perSecond = leads / (await secondsOfTurns(began))
        },
        ['first touch', 'answer'],
      )
      return found
    }

    async function databaseNow(): Promise<Date> {
      const { rows } = await crowd.db.query<{ now: Date }>('select now() as now')
      return rows[0]?.now ?? new Date()
    }

    /** From the first turn that was due to the last that was done: neither debounce nor the pace of typing is in it. */
    async function secondsOfTurns(since: Date): Promise<number> {
      const { rows } = await crowd.db.query<{ seconds: number }>(
        `select extract(epoch from max(finished_at) - min(run_at))::float8 as seconds from turns
         where first_event_at >= $1 and state = 'done' and kind = 'answer'`,
        [since],
      )
      return rows[0]?.seconds ?? Number.NaN
    }

    function show(measured: Point[]) {
      const cores = cpus().length
      const one = measured.at(-1)!
      say('| workers | API processes | turns a second | the model says | bottleneck |\n|---|---|---|---|---|')
      const errors = measured.map(({ workers, apis, perSecond, demand }) => {
        const said = predictTurnsPerSecond(demand, { cores, replicas: { 'n8n-worker': workers, api: apis } })
        say(
          `| ${workers} | ${apis} | ${perSecond.toFixed(2)} | ${said.perSecond.toFixed(2)} | ${said.bottleneck} |`,
        )
        return Math.abs(perSecond - said.perSecond) / said.perSecond
      })
      const demand = Object.entries(one.demand).map(([kind, ms]) => `${kind} ${Math.round(ms)}`)
      say(`\nCPU-ms a turn, one worker and one API process: ${demand.join(', ')}.`)
      const ours = Object.fromEntries(Object.entries(one.demand).filter(([kind]) => kind !== 'simulators'))
      const all = Object.values(ours).reduce((sum, ms) => sum + ms, 0)
      for (const perDay of [10_000, 1_000_000]) {
        const turns = (perDay * turnsOfLead) / (busyHours * 3600)
        const needed = (turns * all) / 1000
        const given = Math.max(2, Math.ceil(needed / 0.6))
        say(
          `\n${perDay.toLocaleString('en')} leads a day, ${turnsOfLead} turns each within ${busyHours} hours: ${turns.toFixed(1)} turns a second keep ${needed.toFixed(1)} cores busy; with ${given} (busy ${Math.round((needed / given) * 100)} %) a turn takes ${slowdown(needed / given, given).toFixed(2)} times as long as alone.`,
        )
      }
      const rate = (workers: number, apis: number) =>
        measured.find((point) => point.workers === workers && point.apis === apis)?.perSecond ?? Number.NaN
      return [
        atMost('r10/model-error', errors.reduce((sum, error) => sum + error, 0) / errors.length, goals.error),
        atLeast('r10/two-workers-over-one', rate(2, 2) / rate(1, 2), goals.twoWorkers),
      ]
    }
  },
}

function canRun(): boolean {
  try {
    return findRedis() !== undefined
  } catch {
    return false
  }
}

/** Ends what is more than the point has. The last replica has the highest number; the first has none in its name, or 1. */
async function shrink(
  { processes }: Cluster,
  { workers, apis }: { workers: number; apis: number },
): Promise<void> {
  for (const [kind, wanted] of [
    ['n8n-worker', workers],
    ['api', apis],
  ] as const) {
    const running = [...processes].filter(
      ([name, service]) => kindOf(name) === kind && service.pid() !== undefined,
    )
    await Promise.all(running.slice(wanted).map(([, service]) => service.stop()))
  }
}

const kindOf = (name: string) => name.replace(/-\d+$/, '')

/** CPU-ms of each kind of process so far; of those that have ended nothing is known. */
function demandOf({ processes }: Cluster): Demand {
  const demand: Demand = {}
  for (const [name, service] of processes) {
    const pid = service.pid()
    if (pid !== undefined) demand[kindOf(name)] = (demand[kindOf(name)] ?? 0) + cpuMsOf(pid)
  }
  return demand
}
