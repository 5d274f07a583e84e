import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { clockFileOf, findLibrary } from '../steppable-clock.ts'
import type { Trouble } from './trouble.ts'

const steps = ['+180', '-180', '+0']
const pauseMs = 15_000

/** The clock of the API servers jumps three minutes ahead, six back, and to where it was; that of PostgreSQL does not. */
export const clockStep: Trouble = {
  missing: () => (findLibrary() ? null : 'libfaketime is not installed (Debian: apt install faketime)'),
  async begin({ dataDir }) {
    const [first = '', ...rest] = steps
    writeFileSync(clockFileOf(dataDir), first)
    return async () => {
      for (const step of rest) {
        writeFileSync(clockFileOf(dataDir), step)
        if (step !== '+0') await sleep(pauseMs)
      }
      return steps.length
    }
  },
}
