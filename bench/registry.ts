import type { Benchmark } from './benchmark.ts'
import { n8nCosts } from './n8n.ts'
import { hotQueries } from './r7-hot-queries.ts'

/** Every benchmark, by its id; one file each. */
export const benchmarks: Benchmark[] = [hotQueries, n8nCosts]
