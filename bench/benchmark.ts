/** One figure of a benchmark. `goal` is the least, or the most, that is good enough. */
export type Figure = { id: string; value: number; goal: number; met: boolean }

export type Options = {
  /** Messages in the larger database of r7. */
  messages: number
  /** A larger crowd of leads at once for r3 and r8, after the others. */
  crowd: number
}

export type Out = {
  /** For people: tables and what they mean, in Markdown. Prints nothing with --json. */
  say: (line: string) => void
  /** What takes long, on stderr. */
  progress: (line: string) => void
}

export type Benchmark = {
  id: string
  /** One line for `--help`. */
  title: string
  run: (out: Out, options: Options) => Promise<Figure[]>
}

const rounded = (value: number) =>
  Number(
    Math.abs(value) >= 100
      ? value.toFixed(0)
      : Math.abs(value) >= 1
        ? value.toFixed(2)
        : value.toPrecision(3),
  )

export const atLeast = (id: string, value: number, goal: number): Figure => ({
  id,
  value: rounded(value),
  goal,
  met: value >= goal,
})

export const atMost = (id: string, value: number, goal: number): Figure => ({
  id,
  value: rounded(value),
  goal,
  met: value <= goal,
})
