import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultPoints } from '../api/src/process/fault-point.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { beAdversary } from './adversary.ts'
import type { BrokenBuild } from './broken-build.ts'
import { checkDeliveries } from './check-deliveries.ts'
import { findRecoveries, type Recovery } from './find-recoveries.ts'
import { invariants } from './invariants/all.ts'
import type { Violation } from './invariants/invariant.ts'
import { recordJournals } from './journals.ts'
import { byItself, startParts } from './parts.ts'
import { makePlan } from './plan.ts'
import { playPeople } from './play-people.ts'
import { startKillableCluster } from './start-killable-cluster.ts'
import { startPlain } from './start-plain.ts'
import { clearFaults } from './traffic-faults.ts'
import { findTroubles } from './troubles/all.ts'
import { waitForQuiet } from './wait-for-quiet.ts'

export type ChaosOptions = {
  seed: number
  kills: number
  minutes: number
  people: number
  /** A guard of the API that is taken out; the run should then find a broken promise. */
  broken: BrokenBuild | null
  /** n8n in queue mode, two API servers: what docker-compose.yml describes, instead of what `npm start` starts. */
  cluster: boolean
  keep: boolean
}

export type ChaosResult = {
  ok: boolean
  options: ChaosOptions
  invariants: { name: string; checked: number; violations: Violation[] }[]
  totals: {
    people: number
    /** Who came for a trouble, or after the storm so that work comes by the fault points that were left. */
    newcomers: number
    messages: { person: number; ai: number; human: number }
    meetings: number
    kills: Record<string, number>
    faults: Record<string, number>
    troubles: string[]
    /** Troubles that this machine cannot have, and why. */
    leftOut: string[]
    deadLetters: number
    seconds: number
  }
  slowestRecovery: Recovery | null
  /** null: removed. */
  dataDir: string | null
}

const quietLimitMs = 8 * 60_000

/** One run: start, storm, quiet, checks. The data folder stays when something is wrong or `keep` is set. */
export async function runChaos(
  options: ChaosOptions,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<ChaosResult> {
  const started = Date.now()
  const dataDir = makeTemporaryDataFolder()
  const start = options.cluster ? startKillableCluster : startPlain(options.broken)
  const parts = await startParts({ start, dataDir, log, signal }).catch((error: unknown) => {
    log(`its logs: ${dataDir}`)
    throw error
  })
  let keeps = true
  const { urls, databaseUrl } = parts.system
  const recorder = recordJournals(urls)
  const { possible, missing } = findTroubles()
  for (const one of missing) log(`left out: ${one}`)
  const plan = makePlan({
    ...options,
    points: faultPoints.filter((point) => !point.startsWith('bot.')),
    parts: new Set(parts.system.services.keys()),
    troubles: possible,
  })
  writeFileSync(join(dataDir, 'plan.json'), JSON.stringify(plan, null, 2))
  const players = playPeople({ people: plan.people, urls, recorder, log })
  let newcomers = 0
  const bring = () => {
    newcomers += 1
    const number = plan.people.length + newcomers
    return players
      .come({ number, character: 'booker', language: newcomers % 2 ? 'ru' : 'en', seed: number })
      .catch((error: unknown) => log(`a newcomer could not come: ${String(error)}`))
  }
  try {
    log(
      `the storm: ${plan.people.length} people, ${plan.points.length + plan.kills.length} kills, ${plan.faults.length} faults, ${plan.troubles.length} troubles`,
    )
    const storm = Promise.all([
      beAdversary(plan, { parts, journals: recorder.journals, dataDir, log }, bring),
      players.allCame,
    ])
    const [deeds] = await Promise.race([storm, rejectOnAbort(signal)])
    await clearFaults(urls)
    await parts.allUp()
    log('the storm is over; waiting for quiet')
    const open = await waitForQuiet({
      journals: recorder.journals,
      databaseUrl,
      limitMs: quietLimitMs,
      signal,
    })
    log(open ? 'no quiet: the checks see what there is' : 'quiet')
    await recorder.stop()

    const { journals } = recorder
    const observed = { journals, cast: players.cast, outages: parts.outages }
    writeFileSync(join(dataDir, 'observed.json'), JSON.stringify(observed))
    const results = invariants.map(({ name, check }) => ({ name, ...check(observed) }))
    const { dead, ...deliveries } = await checkDeliveries(parts.system, players.cast)
    results.push({ name: 'our API says that all is delivered', ...deliveries })
    const gone = parts.outages.filter(({ to }) => to === Number.POSITIVE_INFINITY)
    const rest = [
      ...gone.map(({ part, why }) => ({ what: `${part} did not come back (${why})`, where: [] })),
      ...(open ? open.split('\n').map((what) => ({ what, where: [] })) : []),
    ]
    results.push({ name: 'the system comes to rest', checked: 1, violations: rest })
    const crashes = parts.outages.filter(({ why }) => why.startsWith(byItself))
    results.push({
      name: 'nothing ends by itself',
      checked: parts.outages.length,
      violations: crashes.map(({ part, why, from }) => ({
        what: `${part} ${why} at ${new Date(from).toISOString()}`,
        where: [],
      })),
    })
    results.push({
      name: 'the API died at every fault point of the plan',
      checked: plan.points.length,
      violations: deeds.unreachedPoints.map((what) => ({ what: `no work came by ${what}`, where: [] })),
    })
    results.push({
      name: 'every trouble of the plan was felt',
      checked: plan.troubles.length,
      violations: deeds.unfelt.map((what) => ({ what, where: [] })),
    })
    const ok = results.every(({ violations }) => violations.length === 0)

    const said = (is: object) =>
      journals.telegram.filter((entry) =>
        Object.entries({ kind: 'message', ...is }).every(([key, value]) => entry[key] === value),
      ).length
    keeps = !ok || options.keep
    return {
      ok,
      options,
      invariants: results,
      totals: {
        people: players.cast.filter(({ number }) => number <= plan.people.length).length,
        newcomers,
        messages: {
          person: said({ from: 'person' }),
          ai: said({ via: 'client' }),
          human: said({ via: 'phone' }),
        },
        meetings: journals.google.filter(({ kind }) => kind === 'event.insert').length,
        kills: countBy(parts.outages.map(({ part, why }) => `${part}, ${why}`)),
        faults: deeds.faults,
        troubles: plan.troubles.map(({ name }) => name),
        leftOut: missing,
        deadLetters: dead,
        seconds: Math.round((Date.now() - started) / 1000),
      },
      slowestRecovery: findRecoveries(observed)[0] ?? null,
      dataDir: keeps ? dataDir : null,
    }
  } finally {
    players.stop()
    await recorder.stop().catch(() => {})
    await parts.stop()
    if (!keeps || signal.aborted) removeDataFolder(dataDir)
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new Error('Stopped'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
  })
}

function countBy(names: string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
}
