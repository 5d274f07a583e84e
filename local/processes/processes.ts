import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SystemUser } from './unprivileged-user.ts'
import { rotateLog } from './rotate-log.ts'
import { watchGroup } from './watch-group.ts'

export type ServiceOptions = {
  name: string
  command: string
  args: string[]
  env: Record<string, string>
  cwd: string
  /** stdout and stderr are appended here; a log that is large makes room (rotate-log.ts). */
  logFile: string
  /** What the log never shows: [hidden] stands in its place. */
  hidden?: string[]
  /** Asked every 100 ms after the start until it says true. May throw: that is a no. */
  isHealthy: () => Promise<boolean>
  /** How long a start may take. Default: 60 s. */
  healthTimeoutMs?: number
  user?: SystemUser
  /** The signal that ends it well. Default: SIGTERM. */
  stopSignal?: NodeJS.Signals
  /** How long it may take to end before it is killed. Default: 4 s. */
  stopTimeoutMs?: number
  /** Called when the process ends although nobody asked for it. It is not started again by itself (keep-running.ts). */
  onUnexpectedExit?: (service: Service, reason: string) => void
}

/** How often a log's size is looked at. */
const logCheckMs = 10_000

/** A child process with its own process group. */
export type Service = {
  name: string
  logFile: string
  /** undefined while it is not running. */
  pid: () => number | undefined
  /** Starts it (again) and resolves when it is healthy. @throws with the end of its log when it is not */
  start: () => Promise<void>
  /** Ends the whole group, gently first. Does nothing when it is not running. */
  stop: () => Promise<void>
  /** Sends a signal to the whole group at once (default SIGKILL) and resolves when the process is gone. */
  kill: (signal?: NodeJS.Signals) => Promise<void>
}

/** Describes a service; nothing runs before `start`. */
export function createService(options: ServiceOptions): Service {
  const { name, logFile, stopSignal = 'SIGTERM', stopTimeoutMs = 4000, healthTimeoutMs = 60_000 } = options
  let running: { child: ChildProcess; exited: Promise<string> } | undefined
  let wanted = false

  const service: Service = {
    name,
    logFile,
    pid: () => running?.child.pid,

    async start() {
      if (running) throw new Error(`${name} is running already`)
      wanted = true
      const current = launch(options)
      running = current
      const rotating = setInterval(rotateLog, logCheckMs, logFile).unref()
      const forget = current.child.pid ? watchGroup(current.child.pid, stopSignal) : () => {}
      let ended: string | undefined
      void current.exited.then((reason) => {
        ended = reason
        clearInterval(rotating)
        signalGroup(current.child.pid, 'SIGKILL')
        forget()
        running = undefined
        if (wanted && healthy) options.onUnexpectedExit?.(service, reason)
      })
      let healthy = false
      const deadline = Date.now() + healthTimeoutMs
      while (!(await options.isHealthy().catch(() => false))) {
        if (ended) throw new Error(`${name} did not start: ${ended}${logTail(logFile)}`)
        if (Date.now() > deadline) {
          await service.kill()
          throw new Error(`${name} was not ready after ${healthTimeoutMs / 1000} s${logTail(logFile)}`)
        }
        await sleep(100)
      }
      healthy = true
    },

    async stop() {
      wanted = false
      const current = running
      if (!current) return
      signalGroup(current.child.pid, stopSignal)
      const timer = new AbortController()
      const late = sleep(stopTimeoutMs, true, { signal: timer.signal }).catch(() => false)
      if ((await Promise.race([current.exited, late])) === true) signalGroup(current.child.pid, 'SIGKILL')
      await current.exited
      timer.abort()
    },

    async kill(signal = 'SIGKILL') {
      wanted = false
      const current = running
      if (!current) return
      signalGroup(current.child.pid, signal)
      await current.exited
    },
  }
  return service
}

function launch(options: ServiceOptions): { child: ChildProcess; exited: Promise<string> } {
  mkdirSync(dirname(options.logFile), { recursive: true })
  rotateLog(options.logFile)
  const log = openSync(options.logFile, 'a', 0o600)
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: options.hidden ? ['ignore', 'pipe', 'pipe'] : ['ignore', log, log],
    ...options.user,
  })
  if (options.hidden) copyWithout(options.hidden, child, log)
  else closeSync(log)
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => {
      const reason = signal ? `ended by ${signal}` : `exit code ${code}`
      if (!options.hidden) return resolve(reason)
      // What was printed last is copied to the log first. A child of its own may hold the pipes for longer.
      child.once('close', () => resolve(reason))
      setTimeout(resolve, 500, reason)
    })
  })
  return { child, exited }
}

/** Line by line, so that no value is cut in two. */
function copyWithout(hidden: string[], child: ChildProcess, log: number): void {
  const values = [...new Set(hidden.flatMap((value) => [value, encodeURIComponent(value)]))]
    .filter(Boolean)
    .toSorted((one, other) => other.length - one.length)
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) =>
      writeSync(log, `${values.reduce((shown, value) => shown.replaceAll(value, () => '[hidden]'), line)}\n`),
    )
  }
  child.once('close', () => closeSync(log))
  child.once('error', () => {
    if (child.pid === undefined) closeSync(log)
  })
}

function signalGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return
  try {
    process.kill(-group, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The last lines of a log for an error message, with where to read the rest. */
export function logTail(logFile: string, lines = 15): string {
  if (!existsSync(logFile)) return ''
  const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines)
  return `\n${tail.map((line) => `    ${line}`).join('\n')}\n  The whole log: ${logFile}`
}

/** True when an HTTP GET of the address is answered with 2xx within two seconds. */
export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  await response.arrayBuffer()
  return response.ok
}
