import { spawnSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { repository } from '../../local/settings/config.ts'

export type Machine = {
  date: string
  commit: string | null
  processor: string
  cores: number
  memoryGb: number
  system: string
  node: string
  /** The mean of the minute before the run: near 0 on a quiet machine. */
  loadBefore: number
}

/** Where and when; the figures are ratios, but for who wants to compare. */
export function describeMachine(): Machine {
  const [processor] = cpus()
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: repository, encoding: 'utf8' })
  return {
    date: new Date().toISOString(),
    commit: commit.status === 0 ? commit.stdout.trim() : null,
    processor: processor?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  }
}
