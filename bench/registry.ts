import type { Benchmark } from './benchmark.ts'
import { consoleAtScale } from './console-at-scale.ts'
import { n8nCosts } from './n8n.ts'
import { accept } from './r1-accept.ts'
import { hotQueries } from './r7-hot-queries.ts'

/** Every benchmark, by its id; one file each. */
export const benchmarks: Benchmark[] = [accept, hotQueries, consoleAtScale, n8nCosts]
