import { type Character, characters } from './people.ts'
import type { Language } from './lines.ts'
import { type KilledPart, weights } from './killed-parts.ts'
import { createRandom } from './random.ts'
import type { TroubleName } from './troubles/all.ts'
import { type TrafficFaultName, trafficFaults } from './traffic-faults.ts'

export type PlanOptions = {
  seed: number
  kills: number
  minutes: number
  people: number
  /** The names of the API's fault points. */
  points: readonly string[]
  /** What the system has. */
  parts: ReadonlySet<KilledPart>
  /** What may last for a while; each is planned once where the storm is long enough. */
  troubles: readonly TroubleName[]
}

export type PersonPlan = {
  number: number
  atMs: number
  character: Character
  language: Language
  seed: number
}
export type KillPlan = { atMs: number; part: KilledPart; pauseMs: number }
/** The API is killed when it next comes to this point. They are used one after another, as the work comes by. */
export type PointPlan = { point: string; pauseMs: number }
export type TroublePlan = { atMs: number; name: TroubleName; lastsMs: number }
export type FaultPlan = { atMs: number; name: TrafficFaultName }

/** All that happens to the system, in milliseconds from the start of the storm. */
export type Plan = {
  stormMs: number
  people: PersonPlan[]
  kills: KillPlan[]
  points: PointPlan[]
  faults: FaultPlan[]
  troubles: TroublePlan[]
}

const faultEveryMs = 4000
/** In a shorter storm nothing lasts. */
const leastForTroubles = 120_000
const longestTrouble = 120_000

/** The same options make the same plan. Each fault point is used when there are as many kills as points. */
export function makePlan({ seed, kills, minutes, people, points, parts, troubles }: PlanOptions): Plan {
  const random = createRandom(seed)
  const stormMs = minutes * 60_000
  const when = () => random.int(1000, stormMs)
  const byTime = <Item extends { atMs: number }>(items: Item[]) => items.toSorted((a, b) => a.atMs - b.atMs)
  const times = <Item>(count: number, make: (index: number) => Item) =>
    Array.from({ length: count }, (_, index) => make(index))

  const order = random.shuffle(characters)
  const cast = times(people, (index) => ({
    character: order[index % order.length]!,
    atMs: Math.floor((index / people) * stormMs * 0.7) + random.int(0, 1500),
    language: random.pick(['ru', 'en'] as const),
    seed: random.int(1, 1_000_000),
  }))

  const atPoints = kills >= points.length ? points.length : Math.floor(kills / 2)
  const pointPlans = random
    .shuffle(points)
    .slice(0, atPoints)
    .map((point) => ({ point, pauseMs: random.int(0, 2500) }))
  const present = (Object.keys(weights) as KilledPart[]).filter((part) => parts.has(part))
  const lots = present.flatMap((part) => times(weights[part], () => part))
  const order2 = random.shuffle(lots)
  const killPlans = times(kills - atPoints, (index) => ({
    part: order2[index % order2.length]!,
    atMs: when(),
    pauseMs: random.int(0, 3000),
  }))
  const names = random.shuffle(Object.keys(trafficFaults) as TrafficFaultName[])
  const faults = times(Math.floor(stormMs / faultEveryMs), (index) => ({
    name: names[index % names.length]!,
    atMs: when(),
  }))
  return {
    stormMs,
    people: byTime(cast).map((person, index) => ({ number: index + 1, ...person })),
    kills: byTime(killPlans),
    points: pointPlans,
    faults: byTime(faults),
    troubles: planTroubles(stormMs < leastForTroubles ? [] : random.shuffle(troubles), stormMs),
  }
}

/** One after another, but for the restore: what it forgets is as much as there can be. */
function planTroubles(names: readonly TroubleName[], stormMs: number): TroublePlan[] {
  const others = names.filter((name) => name !== 'restore of old')
  const everyMs = Math.floor((stormMs * 0.8) / (others.length || 1))
  return [
    ...others.map((name, index) => ({
      name,
      atMs: Math.floor(stormMs * 0.05) + index * everyMs,
      lastsMs: Math.min(longestTrouble, Math.floor(everyMs * 0.7)),
    })),
    ...names
      .filter((name) => name === 'restore of old')
      .map((name) => ({ name, atMs: Math.floor(stormMs * 0.15), lastsMs: Math.floor(stormMs * 0.75) })),
  ]
}
