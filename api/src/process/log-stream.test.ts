import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'

const module = join(import.meta.dirname, 'log-stream.ts')

/** A process that logs `lines` lines to its stdout, and then says on its fourth channel that it is alive. */
function logger(lines: number, stdout: number | 'pipe') {
  const script = `
    import { createLogStream } from ${JSON.stringify(module)}
    const log = createLogStream(1)
    for (let n = 0; n < ${lines}; n++) {
      log.write(JSON.stringify({ n, pad: 'x'.repeat(1000) }) + '\\n')
      if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    process.on('message', () => {
      log.write('last words\\n')
      log.exit(0)
    })
    process.send('alive')
  `
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', stdout, 'ignore', 'ipc'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
}

async function livesOn(
  child: ReturnType<typeof logger>,
  ends: [number | null, string | null] = [0, null],
  mayEnd: Promise<void> = Promise.resolve(),
) {
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => ['dead'])])
  assert.equal(said, 'alive')
  await mayEnd
  child.send('end')
  assert.deepEqual(await once(child, 'exit'), ends)
}

test('all lines arrive, in order, also the last ones', { timeout: 30_000 }, async () => {
  // Fewer than may wait: none is lost, however slowly they are read. The end comes when all were: it waits for a second only.
  const child = logger(500, 'pipe')
  const lines: string[] = []
  const allRead = Promise.withResolvers<void>()
  const ends = livesOn(child, [0, null], allRead.promise)
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line)
    if (lines.length === 500) allRead.resolve()
  }
  await ends
  assert.equal(lines.pop(), 'last words')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).n),
    Array.from({ length: 500 }, (_, n) => n),
  )
})

test(
  'a full disk does not end the process',
  { timeout: 30_000, skip: !existsSync('/dev/full') && 'this machine has no /dev/full' },
  () => livesOn(logger(3000, openSync('/dev/full', 'w'))),
)

test('a reader that is gone does not end the process', { timeout: 30_000 }, async () => {
  const child = logger(3000, 'pipe')
  child.stdout!.destroy()
  await livesOn(child)
})

test('a reader that does not read holds up nothing, not even the end', { timeout: 30_000 }, async () => {
  const child = logger(3000, 'pipe')
  child.stdout!.pause()
  await livesOn(child, [null, 'SIGKILL'])
})
