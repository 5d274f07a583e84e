/** CPU-ms that a turn takes of each kind of process. */
export type Demand = Record<string, number>

/** How many processes of a kind there are; each uses one core at most, as Node does. */
export type Replicas = Record<string, number>

/**
 * The bottleneck law: no more turns a second than the cores give all together, and than the processes of each kind give, one core each. What
 * `replicas` does not name may use all cores.
 */
export function predictTurnsPerSecond(
  demand: Demand,
  { cores, replicas }: { cores: number; replicas: Replicas },
): { perSecond: number; bottleneck: string } {
  const all = Object.values(demand).reduce((sum, ms) => sum + ms, 0)
  const limits = [
    { bottleneck: 'the cores', perSecond: (cores * 1000) / all },
    ...Object.entries(demand)
      .filter(([kind, ms]) => replicas[kind] !== undefined && ms > 0)
      .map(([kind, ms]) => ({ bottleneck: kind, perSecond: ((replicas[kind] ?? 1) * 1000) / ms })),
  ]
  return limits.reduce((least, one) => (one.perSecond < least.perSecond ? one : least))
}

/** Of cores that are so busy, how many times longer than alone a turn takes (M/M/c, by Sakasegawa's approximation). */
export function slowdown(busy: number, cores: number): number {
  if (busy >= 1) return Number.POSITIVE_INFINITY
  return 1 + busy ** (Math.sqrt(2 * (cores + 1)) - 1) / (cores * (1 - busy))
}
