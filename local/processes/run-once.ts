import { spawn } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { watchGroup } from './watch-group.ts'

/**
 * A process that does its work and ends. What it prints goes into its log.
 * @returns what it printed to stdout
 * @throws with the end of what it printed when it fails, and when `signal` is aborted
 */
export async function runOnce(options: {
  name: string
  command: string
  args: string[]
  environment: Record<string, string>
  cwd: string
  logFile: string
  /** What the log never shows. */
  hidden?: string[]
  /** What ends it when `signal` is aborted. */
  killSignal?: 'SIGTERM' | 'SIGKILL'
  signal?: AbortSignal
}): Promise<string> {
  const { name, command, args, environment, cwd, logFile, hidden = [], killSignal, signal } = options
  signal?.throwIfAborted()
  const child = spawn(command, args, {
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const forget = child.pid ? watchGroup(child.pid, 'SIGKILL') : () => {}
  const kill = () => child.kill(killSignal)
  signal?.addEventListener('abort', kill)
  const output = { stdout: '', all: '' }
  child.stdout.on('data', (chunk) => (output.stdout += chunk))
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.all += chunk))
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  )
  signal?.removeEventListener('abort', kill)
  forget()
  const shown = hidden.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), output.all)
  mkdirSync(dirname(logFile), { recursive: true })
  appendFileSync(logFile, `$ ${name}\n${shown}\n`, { mode: 0o600 })
  signal?.throwIfAborted()
  if (code === 0) return output.stdout
  const tail = shown.trim().split('\n').slice(-12).join('\n    ')
  throw new Error(`${name} failed:\n    ${tail}\n  The whole log: ${logFile}`)
}
