import { setTimeout as sleep } from 'node:timers/promises'
import { control } from '../control.ts'
import type { Entry } from '../journals.ts'
import type { Trouble, World } from './trouble.ts'

/** Neither vendor answers: no credit left at the one, no room at the other. */
export const modelsAway: Trouble = {
  async begin(world) {
    const { llm } = world.parts.system.urls
    const from = Date.now()
    await control(llm, 'mode', { mode: 'unpaid', vendor: 'openai' })
    await control(llm, 'mode', { mode: 'overloaded', vendor: 'anthropic' })
    return async () => {
      const felt = await untilFelt(world, 'llm', from)
      await control(llm, 'mode', { mode: 'modest' })
      // Faults that piled up while one turn a minute asked would keep them away for minutes more.
      await fetch(`${llm}/_sim/faults`, { method: 'DELETE' })
      return felt
    }
  },
}

/** More than is asked in any run. */
const always = 1_000_000

export const googleAway: Trouble = {
  async begin(world) {
    const { google } = world.parts.system.urls
    const from = Date.now()
    await control(google, 'faults', {
      match: { path: '/calendar/v3/*' },
      fault: { status: 503 },
      times: always,
    })
    return async () => {
      const felt = await untilFelt(world, 'google', from)
      await fetch(`${google}/_sim/faults`, { method: 'DELETE' })
      return felt
    }
  },
}

/** Calendars are read once a minute, and who asks may be away, too. */
const patienceMs = 120_000

/** How many requests failed since; waits for the first one. */
async function untilFelt({ journals }: World, of: 'llm' | 'google', from: number): Promise<number> {
  const isFailed = ({ kind, status, at }: Entry) =>
    Date.parse(at) >= from && kind === 'request' && Number(status) >= 400
  for (const deadline = Date.now() + patienceMs; ; await sleep(1000)) {
    const felt = journals[of].filter(isFailed).length
    if (felt > 0 || Date.now() > deadline) return felt
  }
}
