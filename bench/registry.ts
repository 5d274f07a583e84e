import type { Benchmark } from './benchmark.ts'
import { consoleAtScale } from './console-at-scale.ts'
import { n8nCosts } from './n8n.ts'
import { accept } from './r1-accept.ts'
import { scale } from './r10-scale.ts'
import { engine } from './r2-engine.ts'
import { wholeTurn } from './r3-whole-turn.ts'
import { recovery } from './r4-recovery.ts'
import { underFaults } from './r5-under-faults.ts'
import { tokens } from './r6-tokens.ts'
import { hotQueries } from './r7-hot-queries.ts'
import { livedSpeed } from './r8-lived-speed.ts'
import { footprint } from './r9-footprint.ts'

/** Every benchmark, by its id; one file each. */
export const benchmarks: Benchmark[] = [
  accept,
  engine,
  wholeTurn,
  recovery,
  underFaults,
  tokens,
  hotQueries,
  livedSpeed,
  footprint,
  scale,
  consoleAtScale,
  n8nCosts,
]

/** What `all` runs. */
export const inAll = benchmarks.map(({ id }) => id).filter((id) => /^r\d+$/.test(id))
