import type { Benchmark } from './benchmark.ts'
import { hotQueries } from './r7-hot-queries.ts'

/** Every benchmark, by its id; one file each. */
export const benchmarks: Benchmark[] = [hotQueries]
