import type { Database, Queryable } from '../../api/src/database/pool.ts'

/** The debounce that every engine keeps, and what may be under way at once. */
export const quietMs = 100
export const longestMs = 500
export const atOnce = 20

/** What an engine does with a turn once it has begun it: everything in one transaction, which the engine may end with something of its own. */
export type Answer = (leadId: number, key: string, end?: (tx: Queryable) => Promise<unknown>) => Promise<void>

export type Running = {
  /** In the transaction that keeps the message, where the engine can. */
  ring?: (tx: Queryable, leadId: number) => Promise<unknown>
  /** After it, where it can not: who dies in between has lost the bell. */
  ringAfter?: (leadId: number, messageId: number) => Promise<unknown>
  stop: () => Promise<void>
}

export type Engine = (given: { db: Database; databaseUrl: string; answer: Answer }) => Promise<Running>
