import { write, writeSync } from 'node:fs'

/** What may wait while nothing can be written, in bytes. */
const mostWaiting = 1_048_576
const retryMs = 1000

export type LogStream = {
  write: (line: string) => void
  /** Ends the process when everything was written, at the latest after a second. */
  exit: (code: number) => void
}

/**
 * Where the log goes. A full disk, a reader that is gone or one that does not read never end or hold up the process: lines wait, up
 * to 1 MB, are tried again every second, and those that found no room are counted in a line of their own.
 */
export function createLogStream(fd: number): LogStream {
  const waiting: Buffer[] = []
  let size = 0
  let lost = 0
  /** What is being written, or has failed and is tried again. */
  let chunk: Buffer = Buffer.alloc(0)
  let state: 'idle' | 'writing' | 'waiting' = 'idle'
  const whenDrained: (() => void)[] = []

  function add(line: string): void {
    const bytes = Buffer.from(line)
    if (size + bytes.length > mostWaiting) lost += 1
    else {
      waiting.push(bytes)
      size += bytes.length
    }
  }

  function noteLost(): void {
    if (lost === 0) return
    const count = lost
    lost = 0
    const line = { level: 40, time: Date.now(), count, msg: 'Log lines were lost: nothing could be written' }
    add(`${JSON.stringify(line)}\n`)
  }

  function pump(): void {
    if (state !== 'idle') return
    if (chunk.length === 0) {
      chunk = Buffer.concat(waiting.splice(0))
      size = 0
    }
    if (chunk.length === 0) {
      for (const resolve of whenDrained.splice(0)) resolve()
      return
    }
    state = 'writing'
    write(fd, chunk, 0, chunk.length, null, (error, written) => {
      if (error) {
        state = 'waiting'
        setTimeout(goOn, error.code === 'EAGAIN' ? 50 : retryMs).unref()
        return
      }
      chunk = chunk.subarray(written)
      noteLost()
      goOn()
    })
  }

  function goOn(): void {
    state = 'idle'
    pump()
  }

  // What was logged in the last moment of a process that ends by itself. While a write hangs, another one would hang too.
  process.on('exit', () => {
    if (state === 'writing') return
    try {
      writeSync(fd, Buffer.concat([chunk, ...waiting]))
    } catch {
      // There is nobody left to tell.
    }
  })

  return {
    write: (line) => {
      add(line)
      pump()
    },
    exit: (code) => {
      // Node's own exit waits for a write that hangs, for ever: all that counts is in the database.
      setTimeout(
        () => (state === 'writing' ? process.kill(process.pid, 'SIGKILL') : process.exit(code)),
        1000,
      )
      whenDrained.push(() => process.exit(code))
      pump()
    },
  }
}
