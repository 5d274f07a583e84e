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
      await control(llm, 'mode', { mode: 'modest' })
      return countSince(world, 'llm', from, ({ kind, status }) => kind === 'request' && Number(status) >= 400)
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
      await fetch(`${google}/_sim/faults`, { method: 'DELETE' })
      return countSince(world, 'google', from, ({ kind, fault }) => kind === 'fault' || fault !== undefined)
    }
  },
}

const countSince = (
  { journals }: World,
  of: 'llm' | 'google',
  from: number,
  is: (entry: Entry) => boolean,
): number => journals[of].filter((entry) => Date.parse(entry.at) >= from && is(entry)).length
