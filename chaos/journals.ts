import { setTimeout as sleep } from 'node:timers/promises'
import type { SimulatorName } from './traffic-faults.ts'

/** One numbered line of a simulator's journal: what the outside world saw. */
export type Entry = { n: number; at: string; kind: string } & Record<string, unknown>
export type Journals = Record<SimulatorName, Entry[]>

export type Recorder = {
  journals: Journals
  /** Called once for each new entry. */
  onEntry: (listener: (of: SimulatorName, entry: Entry) => void) => void
  stop: () => Promise<void>
}

const everyMs = 300

/** Reads the simulators' journals as they grow. They keep the newest 50,000 entries only; here all are kept. */
export function recordJournals(urls: Record<SimulatorName, string>): Recorder {
  const journals: Journals = { amocrm: [], telegram: [], google: [], llm: [] }
  const listeners: ((of: SimulatorName, entry: Entry) => void)[] = []
  const ending = new AbortController()

  const read = async (of: SimulatorName) => {
    const since = journals[of].at(-1)?.n ?? 0
    const response = await fetch(`${urls[of]}/_sim/journal?since=${since}`)
    const { entries } = (await response.json()) as { entries: Entry[] }
    for (const entry of entries) {
      journals[of].push(entry)
      for (const listen of listeners) listen(of, entry)
    }
  }
  const readAll = () => Promise.all((Object.keys(journals) as SimulatorName[]).map(read))
  const reading = (async () => {
    while (!ending.signal.aborted) {
      await readAll()
      await sleep(everyMs, undefined, { signal: ending.signal }).catch(() => {})
    }
    await readAll()
  })()
  return {
    journals,
    onEntry: (listener) => void listeners.push(listener),
    stop: () => {
      ending.abort()
      return reading
    },
  }
}
