import type { World } from './world.ts'

/** Fills in what a state file of an older version does not have yet. Changes `world` in place. */
export function completeWorld(world: World, seed: World): void {
  for (const key of Object.keys(seed) as (keyof World)[]) {
    if (world[key] === undefined) Object.assign(world, { [key]: seed[key] })
  }
  world.limits = { ...seed.limits, ...world.limits }
  world.traits = { ...seed.traits, ...world.traits }
  world.oauth = { ...seed.oauth, ...world.oauth }
}
