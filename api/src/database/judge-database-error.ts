import { DatabaseError } from 'pg'
import { fieldOf } from '../text/field-of.ts'

/**
 * What an error of PostgreSQL, or of the way to it, means for who asked:
 * - `away`: it passes (no connection, no space, no memory, a deadlock, a standby): the same again later is right;
 * - `unfit`: the value can never be kept (out of range, not of the type, too long for an index);
 * - `conflict`: it does not fit what is there;
 * - null: something else, a fault of ours.
 */
export type DatabaseJudgement = 'away' | 'unfit' | 'conflict' | null

/** By class, the first two characters of a SQLSTATE. */
const classes: Record<string, DatabaseJudgement> = {
  '08': 'away', // connection
  '22': 'unfit', // data
  '40': 'away', // deadlock, serialization
  '53': 'away', // disk, memory, connections
  '54': 'unfit', // too large for an index, too deep
  '57': 'away', // shutdown, statement timeout
  '58': 'away', // system, I/O
}
const codes: Record<string, DatabaseJudgement> = {
  '23502': 'unfit',
  '23503': 'conflict',
  '23505': 'conflict',
  '23514': 'unfit',
  '23P01': 'conflict',
  '25006': 'away', // read only: a standby was reached
  '55P03': 'away', // a lock was not free
  ECONNREFUSED: 'away',
  ECONNRESET: 'away',
  ETIMEDOUT: 'away',
  EPIPE: 'away',
  ENOTFOUND: 'away',
  EAI_AGAIN: 'away',
  ENOSPC: 'away',
  EMFILE: 'away',
}

const sqlState = /^[0-9A-Z]{5}$/

export function judgeDatabaseError(error: unknown): DatabaseJudgement {
  const code = fieldOf(error, 'code')
  const message = fieldOf(error, 'message')
  if (typeof code === 'string') {
    const judged = codes[code] ?? (sqlState.test(code) ? classes[code.slice(0, 2)] : undefined)
    if (judged) return judged
  }
  const isLost = /Connection terminated|timeout exceeded when trying to connect|Query read timeout/
  return typeof message === 'string' && isLost.test(message) ? 'away' : null
}

/** Whether the database refused a row because another one excludes it: its time is taken. */
export const isExcluded = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '23P01'
