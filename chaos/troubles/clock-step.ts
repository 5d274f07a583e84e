import { existsSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Trouble } from './trouble.ts'

const places = [
  '/usr/lib/*/faketime/libfaketimeMT.so.1',
  '/usr/{lib,lib64,local/lib}/faketime/libfaketimeMT.so.1',
]
const findLibrary = (): string | undefined => places.flatMap((place) => globSync(place)).find(existsSync)

const fileOf = (dataDir: string) => join(dataDir, 'clock')

/** What gives the API servers a clock that can be stepped while they run; nothing where libfaketime is not installed. */
export function steppableClock(dataDir: string): Record<string, string> {
  const library = findLibrary()
  if (!library) return {}
  writeFileSync(fileOf(dataDir), '+0')
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: fileOf(dataDir),
    FAKETIME_NO_CACHE: '1',
    // As with a real step: only the time of day jumps, what is waited for does not.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}

const steps = ['+180', '-180', '+0']
const pauseMs = 15_000

/** The clock of the API servers jumps three minutes ahead, six back, and to where it was; that of PostgreSQL does not. */
export const clockStep: Trouble = {
  missing: () => (findLibrary() ? null : 'libfaketime is not installed (Debian: apt install faketime)'),
  async begin({ dataDir }) {
    const [first = '', ...rest] = steps
    writeFileSync(fileOf(dataDir), first)
    return async () => {
      for (const step of rest) {
        writeFileSync(fileOf(dataDir), step)
        if (step !== '+0') await sleep(pauseMs)
      }
      return steps.length
    }
  },
}
