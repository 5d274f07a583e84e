import type { Benchmark, Figure, Options } from '../benchmark.ts'

export type Result = {
  id: string
  title: string
  seconds: number
  figures: Figure[]
  /** What it said, in Markdown. */
  said: string
  /** Why it came to no end. */
  error: string | null
}

/** One benchmark after the other; who fails says why, and the next one begins. */
export async function runAll(
  chosen: Benchmark[],
  options: Options,
  out: { say: (line: string) => void; progress: (line: string) => void },
): Promise<Result[]> {
  const results: Result[] = []
  const began = performance.now()
  const since = (from: number) => (performance.now() - from) / 1000
  for (const [index, { id, title, run }] of chosen.entries()) {
    const started = performance.now()
    const said: string[] = []
    const tell = (line: string) => {
      said.push(line)
      out.say(line)
    }
    const progress = (line: string) => {
      const minutes = new Date(since(began) * 1000).toISOString().slice(14, 19)
      out.progress(`${minutes}  ${index + 1}/${chosen.length} ${id}  ${line}`)
    }
    progress(title)
    out.say(`\n## ${id}: ${title}\n`)
    let figures: Figure[] = []
    let error: string | null = null
    try {
      figures = await run({ say: tell, progress }, options)
    } catch (reason) {
      error = reason instanceof Error ? reason.message : String(reason)
      out.progress(`${id} failed: ${reason instanceof Error ? reason.stack : error}`)
      out.say(`✘ ${id} failed: ${error}`)
    }
    for (const { id: name, value, goal, met } of figures)
      out.say(`${met ? '✔' : '✘'} ${name}: ${value} (goal: ${goal})${met ? '' : ', not met'}`)
    results.push({ id, title, seconds: Math.round(since(started)), figures, said: said.join('\n'), error })
  }
  return results
}
