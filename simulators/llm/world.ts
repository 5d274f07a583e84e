import type { Journal, JournalEntry } from '../shared/journal.ts'

/** How the model behaves. `modest` follows the prompt; `slow` is `modest` after a delay. */
export type Mode = {
  mode: 'modest' | 'hostile' | 'broken' | 'slow'
  /** Milliseconds before each answer; only in `slow`. */
  delayMs?: number
  /** Holds `hostile` on one attack instead of taking the next one each time. */
  attack?: string
}

/** Everything the simulator remembers between requests; plain JSON. */
export type World = {
  journal: JournalEntry[]
  mode: Mode
  /** Number of the last completion; ids are made of it. */
  completions: number
  /** How many attacks `hostile` has used; picks the next one. */
  attacks: number
}

export type Sim = { world: World; journal: Journal; seed: number }

export const emptyWorld = (): World => ({ journal: [], mode: { mode: 'modest' }, completions: 0, attacks: 0 })
