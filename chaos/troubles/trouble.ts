import type { Journals } from '../journals.ts'
import type { Parts } from '../parts.ts'

export type World = {
  parts: Parts
  journals: Journals
  dataDir: string
  log: (line: string) => void
}

/** What lasts for a while, and is over again. */
export type Trouble = {
  /** Why it cannot be had on this machine; null: it can. */
  missing?: () => string | null
  /** @returns what ends it, and tells how often it was felt: 0 when no work came by */
  begin: (world: World) => Promise<() => Promise<number>>
}
