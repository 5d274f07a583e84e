import { chmodSync, copyFileSync, existsSync, renameSync, statSync, truncateSync } from 'node:fs'

export type LogLimits = {
  /** A log that is larger makes room. */
  maxBytes: number
  /** So many older parts are kept beside it: NAME.1 is the newest. */
  olderFiles: number
}

export const logLimits: LogLimits = { maxBytes: 10_000_000, olderFiles: 4 }

/**
 * Moves what a log holds into a file beside it. The log itself is emptied and not replaced: whoever writes to it has it open, and goes on
 * writing at its end. What is written in this very moment may be lost.
 */
export function rotateLog(file: string, { maxBytes, olderFiles }: LogLimits = logLimits): void {
  if (!existsSync(file) || statSync(file).size <= maxBytes) return
  for (let number = olderFiles - 1; number >= 1; number--)
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`)
  copyFileSync(file, `${file}.1`)
  chmodSync(`${file}.1`, 0o600)
  truncateSync(file, 0)
}
