export type HoldKind = 'rate' | 'forbidden' | 'unauthorized' | 'unpaid'

export type Hold = {
  kind: HoldKind
  detail: string
  /** As long as amoCRM said; undefined: a wait of ours that grows. */
  forMs?: number
  /** It comes from the one try that ended an earlier hold: the wait grows. */
  fromProbe?: boolean
}

export type GateState =
  | { open: true }
  | { open: false; kind: HoldKind; detail: string; since: Date; until: Date }

/**
 * All requests to amoCRM go through one gate, whatever process makes them: evenly spaced, and none at all while amoCRM
 * refuses us. Asking on while it refuses is how accounts get blocked.
 */
export type Gate = {
  /**
   * Waits for the caller's place. `probe`: a hold has just ended and this caller alone tries whether amoCRM takes us again; it
   * says `release` or `hold`.
   * @throws AmocrmError, unsent, while there is a hold
   */
  enter: () => Promise<'go' | 'probe'>
  /** Closes the gate. While it is closed already only a probe prolongs it. @returns whether this call closed it */
  hold: (hold: Hold) => Promise<boolean>
  release: () => Promise<void>
  state: () => Promise<GateState>
}

/** A hold that ends within this time is waited out; a longer one is told to the caller. */
export const patienceMs = 3000

const second = 1000
const minute = 60 * second

/** The first wait of each kind, doubled with each failed try up to the longest. A first 402 or 403 is tried at once: it may be about one card or option. */
const waits: Record<HoldKind, { firstMs: number; longestMs: number }> = {
  rate: { firstMs: second, longestMs: 5 * minute },
  forbidden: { firstMs: minute / 2, longestMs: 30 * minute },
  unauthorized: { firstMs: minute, longestMs: 30 * minute },
  unpaid: { firstMs: 10 * minute, longestMs: 60 * minute },
}

/** How long the gate stays closed, in ms, after `step` failed tries. */
export function holdMs({ kind, forMs, fromProbe }: Hold, step: number): number {
  if ((kind === 'forbidden' || kind === 'unpaid') && !fromProbe) return 0
  const { firstMs, longestMs } = waits[kind]
  const ours = Math.min(longestMs, firstMs * 2 ** Math.min(step, 20))
  return Math.min(60 * minute, Math.max(ours, forMs ?? 0))
}
