import { faultPoints } from '../api/src/process/fault-point.ts'
import { beAdversary } from '../chaos/adversary.ts'
import { checkDeliveries } from '../chaos/check-deliveries.ts'
import { invariants } from '../chaos/invariants/all.ts'
import { recordJournals } from '../chaos/journals.ts'
import { type Parts, startParts } from '../chaos/parts.ts'
import { makePlan, type Plan } from '../chaos/plan.ts'
import { type CastMember, playPeople } from '../chaos/play-people.ts'
import { startPlain } from '../chaos/start-plain.ts'
import { clearFaults } from '../chaos/traffic-faults.ts'
import { waitForQuiet } from '../chaos/wait-for-quiet.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { atLeast, atMost, type Benchmark } from './benchmark.ts'

const people = 14
const kills = 8
const minutes = 0.6
const quietLimitMs = 240_000
const goal = 0.7

type Weather = { spoken: number; seconds: number; cast: CastMember[]; open: string | null }

/** The people of chaos come twice to one system: in peace, and while it is killed and disturbed. Then every promise is checked. */
export const underFaults: Benchmark = {
  id: 'r5',
  title: `messages a second to leads while parts are killed (${kills} times) and traffic is disturbed, over the same without; nothing lost, nothing twice (about 5 minutes)`,
  run: async ({ say, progress }) => {
    const dataDir = makeTemporaryDataFolder()
    const { signal } = new AbortController()
    progress('Starting the whole system')
    const parts = await startParts({ start: startPlain(null), dataDir, log: () => {}, signal })
    const recorder = recordJournals(parts.system.urls)
    try {
      const points = faultPoints.filter((point) => !point.startsWith('bot.'))
      const plan = makePlan({
        seed: 5,
        kills,
        minutes,
        people,
        points,
        parts: new Set(parts.system.services.keys()),
        troubles: [],
      })
      progress('In peace')
      const calm = await weather({ ...plan, kills: [], points: [], faults: [] }, 0)
      progress(`Under ${kills} kills and ${plan.faults.length} disturbances`)
      const storm = await weather(plan, people)
      await recorder.stop()
      const cast = [...calm.cast, ...storm.cast]
      const broken = await findBroken(parts, cast, storm.open)
      for (const what of broken) say(`- ${what}`)
      const rate = ({ spoken, seconds }: Weather) => spoken / seconds
      say('\n| | messages to leads | s | a second | killed |\n|---|---|---|---|---|')
      say(`| in peace | ${calm.spoken} | ${calm.seconds.toFixed(0)} | ${rate(calm).toFixed(2)} | 0 |`)
      say(
        `| under faults | ${storm.spoken} | ${storm.seconds.toFixed(0)} | ${rate(storm).toFixed(2)} | ${parts.outages.length} |`,
      )
      say('\n`npm run chaos -- --kills 200` does the same for 200 kills.')
      return [
        atLeast('r5/throughput', rate(storm) / rate(calm), goal),
        atMost('r5/broken-promises', broken.length, 0),
      ]
    } finally {
      await recorder.stop().catch(() => {})
      await parts.stop()
      removeDataFolder(dataDir)
    }

    /** Plays the people of the plan to their ends, with all that the plan does to the system meanwhile. */
    async function weather(given: Plan, numbered: number): Promise<Weather> {
      const began = Date.now()
      const spokenSince = () =>
        recorder.journals.telegram.filter(
          ({ kind, via, at }) => kind === 'message' && via === 'client' && Date.parse(at) >= began,
        )
      const plan = {
        ...given,
        people: given.people.map((one) => ({ ...one, number: one.number + numbered })),
      }
      const players = playPeople({ people: plan.people, urls: parts.system.urls, recorder, log: () => {} })
      try {
        await Promise.all([
          beAdversary(plan, { parts, journals: recorder.journals, dataDir, log: () => {} }, async () => {}),
          players.allCame,
        ])
        await clearFaults(parts.system.urls)
        await parts.allUp()
        const open = await waitForQuiet({
          journals: recorder.journals,
          databaseUrl: parts.system.databaseUrl,
          limitMs: quietLimitMs,
          signal,
          nothingLost: given.kills.length === 0,
        })
        const words = spokenSince()
        const last = Math.max(began + 1, ...words.map(({ at }) => Date.parse(at)))
        return { spoken: words.length, seconds: (last - began) / 1000, cast: players.cast, open }
      } finally {
        players.stop()
      }
    }

    async function findBroken(from: Parts, cast: CastMember[], open: string | null): Promise<string[]> {
      const observed = { journals: recorder.journals, cast, outages: from.outages }
      const found = invariants.flatMap(({ name, check }) =>
        check(observed).violations.map(({ what }) => `${name}: ${what}`),
      )
      const { violations } = await checkDeliveries(from.system, cast)
      return [...found, ...violations.map(({ what }) => what), ...(open ? [`no rest: ${open}`] : [])]
    }
  },
}
