import { readdirSync, readFileSync } from 'node:fs'

type Process = { pid: number; parent: number; command: string; cpuMs: number; reapedCpuMs: number }

const msPerTick = 10

/** What the kernel says of every process; those that end meanwhile are left out. */
function readProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Process[] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const fields = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .map(Number)
        const ticks = (from: number) => ((fields[from] ?? 0) + (fields[from + 1] ?? 0)) * msPerTick
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return [
          { pid: Number(name), parent: fields[1] ?? 0, command, cpuMs: ticks(11), reapedCpuMs: ticks(13) },
        ]
      } catch {
        return []
      }
    })
}

/** A process and all below it. PostgreSQL's connections are processes with groups of their own: the parent is what they share. */
export function treeOf(root: number): Process[] {
  const all = readProcesses()
  const found = all.filter(({ pid }) => pid === root)
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid))
  return found
}

/** Milliseconds of a processor that a process and all below it have used, those that have ended among them. */
export const cpuMsOf = (root: number): number =>
  treeOf(root).reduce((sum, { cpuMs, reapedCpuMs }) => sum + cpuMs + reapedCpuMs, 0)

/** Resident memory of one process. */
export const megabytesOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** Of a process and all below it what is theirs; pages that they share are counted once, in parts (PSS). */
export const megabytesOfTree = (root: number): number =>
  treeOf(root).reduce((sum, { pid }) => {
    try {
      return (
        sum +
        Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
      )
    } catch {
      return sum
    }
  }, 0)
