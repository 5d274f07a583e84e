/**
 * What the system forgets without harm: busy times of Google, counters of rates. Two adapters keep the same contract: Redis,
 * shared by processes, and the memory of one process.
 */
export type Cache = {
  kind: 'redis' | 'memory'
  get: (key: string) => Promise<string | null>
  set: (key: string, value: string, ttlMs: number) => Promise<void>
  delete: (keys: string[]) => Promise<void>
  /** Adds one to a counter that starts at 0 and lives `ttlMs` from its first use; gives the new value. */
  increment: (key: string, ttlMs: number) => Promise<number>
  /** Takes a lock for at most `ttlMs`. True when it is `owner`'s now, or was already. */
  lock: (key: string, owner: string, ttlMs: number) => Promise<boolean>
  /** Gives a lock back; one that is another owner's by now stays. */
  unlock: (key: string, owner: string) => Promise<void>
  ping: () => Promise<void>
  close: () => Promise<void>
}
