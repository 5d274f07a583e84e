import type { World } from './world.ts'

/** Milliseconds of the simulator's clock, which can be moved ahead. Tokens and hook retries live by it; cards do not. */
export const clockNow = (world: World): number => Date.now() + world.clockAhead

/** Now in unix seconds, the API's unit of time. */
export const unixNow = (): number => Math.floor(Date.now() / 1000)
