import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { n8nCommand } from './n8n.ts'
import { watchGroup } from '../processes/watch-group.ts'

/**
 * One call of n8n's command line, which is logged.
 * @returns what it printed
 * @throws with the end of what it printed when it fails, and when `signal` is aborted
 */
export async function runN8n(
  args: string[],
  options: { environment: Record<string, string>; cwd: string; logFile: string; signal?: AbortSignal },
): Promise<string> {
  const { environment, cwd, logFile, signal } = options
  signal?.throwIfAborted()
  const child = spawn(process.execPath, [n8nCommand, ...args], {
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const forget = child.pid ? watchGroup(child.pid, 'SIGKILL') : () => {}
  // SIGTERM would do only as long as n8n's database answers.
  const kill = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', kill)
  const output = { stdout: '', all: '' }
  child.stdout.on('data', (chunk) => (output.stdout += chunk))
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.all += chunk))

  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  )
  signal?.removeEventListener('abort', kill)
  forget()
  appendFileSync(logFile, `$ n8n ${args.join(' ')}\n${output.all}\n`, { mode: 0o600 })
  signal?.throwIfAborted()
  if (code === 0) return output.stdout
  const tail = output.all.trim().split('\n').slice(-8).join('\n    ')
  throw new Error(`n8n ${args[0]} failed:\n    ${tail}\n  The whole log: ${logFile}`)
}
