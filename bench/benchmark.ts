/** One figure of a benchmark: whether `value` is good enough is said by `goal`. */
export type Figure = { id: string; value: number; goal: number; met: boolean }

export type Benchmark = {
  id: string
  /** One line for `--help`. */
  title: string
  /** `say` is for people: progress and tables; it prints nothing with --json. `progress` says what takes long, on stderr. */
  run: (out: { say: (line: string) => void; progress: (line: string) => void }) => Promise<Figure[]>
}
