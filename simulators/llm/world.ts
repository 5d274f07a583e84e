import type { Journal, JournalEntry } from '../shared/journal.ts'
import type { Vendor } from './brain/model-request.ts'
import type { PromptCache } from './brain/prompt-cache.ts'

/** How the models of a vendor behave. `modest` follows the prompt; README.md has the others. */
export type Mode = {
  mode:
    | 'modest'
    | 'hostile'
    | 'broken'
    | 'slow'
    | 'refusing'
    | 'short'
    | 'empty'
    | 'hanging'
    | 'overloaded'
    | 'unpaid'
    | 'locked'
  /** Milliseconds before each answer; only in `slow`. */
  delayMs?: number | undefined
  /** `overloaded` ends by itself at this instant, in ms; without it, it stays. */
  until?: number | undefined
  /** Holds `hostile` on one attack instead of taking the next one each time. */
  attack?: string | undefined
}

/** What was asked of a model, and what its vendor wants for it; null: nobody bills it. */
export type Billed = { calls: number; input: number; cached: number; output: number; usd: number | null }

/** Everything the simulator remembers between requests; plain JSON. */
export type World = {
  journal: JournalEntry[]
  modes: Record<Vendor, Mode>
  /** Number of the last completion; ids are made of it. */
  completions: number
  /** How many attacks `hostile` has used; picks the next one. */
  attacks: number
  /** By model. */
  bill: Record<string, Billed>
}

export type Sim = { world: World; journal: Journal; seed: number; cache: PromptCache }

export const emptyWorld = (): World => ({
  journal: [],
  modes: { openai: { mode: 'modest' }, anthropic: { mode: 'modest' } },
  completions: 0,
  attacks: 0,
  bill: {},
})

/** How a vendor behaves at this moment. */
export function modeOf({ modes }: World, vendor: Vendor): Mode {
  const mode = modes[vendor]
  return mode.until !== undefined && mode.until <= Date.now() ? { mode: 'modest' } : mode
}
