import type { World } from './world.ts'

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
  lossReason: 6101,
  talk: 101,
  chatLink: 1,
}

/** The next id of a kind. Ids are counted and never used again, not even after a reset. */
export function nextId(world: World, kind: string): number {
  const id = world.counters[kind] ?? firstIds[kind] ?? 1
  world.counters[kind] = id + 1
  return id
}
