/**
 * What a simulator saw and did, numbered. Tests and the chaos harness read only this: it is the view of the outside
 * world, so an entry is written when the effect is final for the outside (a message stored, an event inserted), not
 * when a handler starts.
 */
export type JournalEntry = {
  /** Grows by one, never reused, survives a restart when the simulator has a state file. */
  n: number
  /** ISO instant, UTC. */
  at: string
  /** What happened, for instance `request`, `hook`, `message`, `event.insert`. */
  kind: string
} & Record<string, unknown>

export type Journal = {
  entries: JournalEntry[]
  add: (kind: string, details?: Record<string, unknown>) => JournalEntry
  since: (n: number) => JournalEntry[]
  clear: () => void
}

/** A journal over `entries`, so that a simulator can keep them in its saved state. Keeps the newest 50,000. */
export function createJournal(entries: JournalEntry[] = [], onChange: () => void = () => {}): Journal {
  let last = entries.at(-1)?.n ?? 0
  return {
    entries,
    add(kind, details = {}) {
      const entry: JournalEntry = { n: ++last, at: new Date().toISOString(), kind, ...details }
      entries.push(entry)
      if (entries.length > 50_000) entries.splice(0, entries.length - 50_000)
      onChange()
      return entry
    },
    since: (n) => entries.filter((entry) => entry.n > n),
    clear() {
      entries.length = 0
      onChange()
    },
  }
}
