import { readFileSync } from 'node:fs'

/**
 * Names a running process so that a later process with the same number is told apart (its number and start time), or
 * undefined when there is none. Where there is no /proc, the number alone.
 */
export function processIdentity(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  try {
    // After the name in brackets, which may hold anything: state is the 1st field, the start time the 20th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\)\s/s, '')
      .split(' ')
    return fields[0] === 'Z' ? undefined : `${pid}@${fields[19]}`
  } catch {
    return `${pid}`
  }
}
