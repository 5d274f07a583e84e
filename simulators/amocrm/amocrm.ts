import type { Faults } from '../shared/faults.ts'
import type { Journal } from '../shared/journal.ts'
import type { HookSender } from './hooks/sender.ts'
import type { Lang } from './seed.ts'
import type { World } from './world.ts'

/** What all parts of the simulator work on. */
export type Amocrm = {
  world: World
  journal: Journal
  faults: Faults
  hooks: HookSender
  /** Tells the state file that the world has changed. */
  changed: () => void
  /** Only this bearer token is let in; without it any token that is not empty. */
  token: string | undefined
  /** The integration's secret; without it any secret that is not empty will do. */
  clientSecret: string | undefined
  subdomain: string
  lang: Lang
  /** IANA zone of the account; `date` fields are cut to its midnight. */
  timeZone: string
}

/** Milliseconds of the simulator's clock, which can be moved ahead. Tokens and hook retries live by it; cards do not. */
export const clockNow = (world: World): number => Date.now() + world.clockAhead

/** Now in unix seconds, the API's unit of time. */
export const unixNow = (): number => Math.floor(Date.now() / 1000)

const firstIds: Record<string, number> = {
  lead: 501001,
  contact: 601001,
  note: 701001,
  task: 801001,
  tag: 901001,
  field: 1001,
  enum: 20001,
  pipeline: 3101,
  status: 31001,
  talk: 101,
  chatLink: 1,
}

/** The next id of a kind. Ids are counted and never used again, not even after a reset. */
export function nextId(world: World, kind: string): number {
  const id = world.counters[kind] ?? firstIds[kind] ?? 1
  world.counters[kind] = id + 1
  return id
}
