import { badData } from './bad-data.ts'
import { clockStep } from './clock-step.ts'
import { diskFull } from './disk-full.ts'
import { googleAway, modelsAway } from './providers-away.ts'
import { restoreOfOld } from './restore-of-old.ts'
import type { Trouble } from './trouble.ts'

/** By the names of the plan. The last one lasts nearly as long as the storm, beside the others. */
export const troubles = {
  'bad data': badData,
  'models away': modelsAway,
  'Google away': googleAway,
  'disk full': diskFull,
  'clock step': clockStep,
  'restore of old': restoreOfOld,
} satisfies Record<string, Trouble>

export type TroubleName = keyof typeof troubles

/** What this machine can have, and why not the rest. */
export function findTroubles(): { possible: TroubleName[]; missing: string[] } {
  const all = (Object.entries(troubles) as [TroubleName, Trouble][]).map(([name, { missing }]) => ({
    name,
    why: missing?.() ?? null,
  }))
  return {
    possible: all.flatMap(({ name, why }) => (why === null ? [name] : [])),
    missing: all.flatMap(({ name, why }) => (why === null ? [] : [`${name}: ${why}`])),
  }
}
