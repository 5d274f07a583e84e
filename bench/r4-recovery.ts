import { startOffice } from '../e2e/talks/talk-system.ts'
import type { PartName } from '../local/system/system.ts'
import { atMost, type Benchmark, type Figure } from './benchmark.ts'
import { median } from './median.ts'
import { openLead } from './r4/open-lead.ts'

const parts = ['api', 'postgres', 'n8n'] as const
const kills = { api: 3, postgres: 3, n8n: 2 }
/** Over the cold start: until the turn goes on, and until the lead has the answer. */
const goals = { resumed: 3, answered: { api: 3, postgres: 3, n8n: 2 } }

type Times = { cold: number[]; up: number[]; resumed: number[]; answered: number[] }

/** A part dies by SIGKILL while it has a turn, and is started at once, as its supervisor would. */
export const recovery: Benchmark = {
  id: 'r4',
  title:
    'kill -9 of API, PostgreSQL and n8n in the middle of a turn: seconds until the turn goes on and until the lead is answered, over the cold start (about 3 minutes)',
  run: async ({ say, progress }) => {
    progress('Starting the whole system')
    const office = await startOffice(4)
    const times = new Map<PartName, Times>()
    try {
      for (const part of parts) {
        const service = office.system.processes[part]
        if (!service) throw new Error(`There is no ${part}`)
        const of: Times = { cold: [], up: [], resumed: [], answered: [] }
        times.set(part, of)
        const start = async () => {
          const began = performance.now()
          await service.start()
          return performance.now() - began
        }
        // A new one for each: who asks the same again and again is taken for a machine.
        const lead = await openLead(office)
        progress(`${part}: a cold start`)
        await service.stop()
        of.cold.push(await start())
        await lead.waitUntilAnswers()
        for (let kill = 1; kill <= kills[part]; kill++) {
          progress(`${part}: kill ${kill} of ${kills[part]}`)
          const turn = await lead.beginTurn()
          const killed = Date.now()
          await service.kill()
          const started = start()
          // Who fails to start says so before anything is waited for in vain.
          await Promise.all([
            started.then(() => of.up.push(Date.now() - killed)),
            (async () => {
              of.resumed.push((await turn.goesOn()) - killed)
              of.answered.push((await turn.isAnswered()) - killed)
            })(),
          ])
          await lead.waitUntilAnswers()
        }
        await lead.close()
      }
    } finally {
      await office.stop()
    }
    return show(times, say)
  },
}

function show(times: Map<PartName, Times>, say: (line: string) => void): Figure[] {
  const seconds = (all: number[]) => (median(all) / 1000).toFixed(2)
  say(
    '| killed in mid-turn | cold start, s | up again, s | the turn goes on, s | the lead is answered, s |\n|---|---|---|---|---|',
  )
  for (const [part, { cold, up, resumed, answered }] of times)
    say(`| ${part} | ${seconds(cold)} | ${seconds(up)} | ${seconds(resumed)} | ${seconds(answered)} |`)
  return parts.flatMap((part) => {
    const of = times.get(part)
    if (!of) return []
    return [
      atMost(`r4/${part}/goes-on`, median(of.resumed) / median(of.cold), goals.resumed),
      atMost(`r4/${part}/answered`, median(of.answered) / median(of.cold), goals.answered[part]),
    ]
  })
}
