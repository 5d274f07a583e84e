import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { keepRunning, type Restarts } from './keep-running.ts'
import { processIdentity } from './process-identity.ts'
import { createService, type Service } from './processes.ts'
import { rotateLog } from './rotate-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'lead-processes-'))
after(() => rmSync(folder, { recursive: true }))

/** Says its number and its child's in a file, then stays. `deaf` ignores SIGTERM. */
const script = join(folder, 'service.mjs')
writeFileSync(
  script,
  `import { spawn } from 'node:child_process'
   import { writeFileSync } from 'node:fs'
   if (process.argv[3] === 'deaf') process.on('SIGTERM', () => {})
   if (process.argv[3] === 'fails') { console.error('no such table'); process.exit(3) }
   const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"])
   child.once('spawn', () => writeFileSync(process.argv[2], JSON.stringify([process.pid, child.pid])))
   setInterval(() => {}, 1000)`,
)

const services: Service[] = []
after(() => Promise.all(services.map((service) => service.kill())))

let count = 0
function describe(
  kind: string,
  more: { onUnexpectedExit?: (service: Service, reason: string) => void } = {},
) {
  count += 1
  const pidFile = join(folder, `${count}.json`)
  const service = createService({
    name: 'sample',
    command: process.execPath,
    args: [script, pidFile, kind],
    env: {},
    cwd: folder,
    logFile: join(folder, `${count}.log`),
    isHealthy: async () => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '',
    stopTimeoutMs: 300,
    ...more,
  })
  services.push(service)
  return {
    service,
    pids: () => JSON.parse(readFileSync(pidFile, 'utf8')) as number[],
    forget: () => rmSync(pidFile),
  }
}

const areGone = async (pids: number[]) => {
  for (let waited = 0; waited < 8000; waited += 20) {
    if (pids.every((pid) => processIdentity(pid) === undefined)) return true
    await sleep(20)
  }
  return false
}

test('stop ends the process and its children, also those that ignore SIGTERM', async () => {
  for (const kind of ['polite', 'deaf']) {
    const { service, pids } = describe(kind)
    await service.start()
    const started = pids()
    assert.equal(service.pid(), started[0])
    await service.stop()
    assert.equal(service.pid(), undefined)
    assert.ok(await areGone(started), kind)
    await service.stop()
  }
})

test('a process that does not start is an error with the end of its log', async () => {
  const { service } = describe('fails')
  await assert.rejects(service.start(), /sample did not start: exit code 3[^]*no such table[^]*\.log/)
})

test('an end that nobody asked for is told; one that was asked for is not', async () => {
  const told: string[] = []
  const heard = Promise.withResolvers<void>()
  const onUnexpectedExit = (_service: Service, reason: string) => {
    told.push(reason)
    heard.resolve()
  }
  const { service, pids, forget } = describe('polite', { onUnexpectedExit })
  await service.start()
  await service.kill()
  forget()
  await service.start()
  process.kill(pids()[0]!, 'SIGKILL')
  await heard.promise
  assert.deepEqual(told, ['ended by SIGKILL'])
  assert.ok(await areGone(pids()))
})

test('kill -9 of the parent leaves nothing behind', async () => {
  const pidFile = join(folder, 'orphan.json')
  const parent = join(folder, 'parent.ts')
  writeFileSync(
    parent,
    `import { createService } from ${JSON.stringify(join(import.meta.dirname, 'processes.ts'))}
     import { existsSync } from 'node:fs'
     await createService({ name: 's', command: process.execPath, args: ${JSON.stringify([script, pidFile, 'polite'])}, env: {},
       cwd: ${JSON.stringify(folder)}, logFile: ${JSON.stringify(join(folder, 'orphan.log'))},
       isHealthy: async () => existsSync(${JSON.stringify(pidFile)}) }).start()
     console.log('up')
     setInterval(() => {}, 1000)`,
  )
  const child = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const pids = JSON.parse(readFileSync(pidFile, 'utf8')) as number[]
  child.kill('SIGKILL')
  assert.ok(await areGone(pids))
})

test('a log never shows what is hidden, wherever it stands in a line and however it is cut into pieces', async () => {
  const secret = 'a1b2c3+d4/e5'
  const logFile = join(folder, 'hidden.log')
  const printing = `
    process.stdout.write('POST /hook/' + ${JSON.stringify(secret.slice(0, 5))})
    setTimeout(() => {
      process.stdout.write(${JSON.stringify(secret.slice(5))} + ' refused\\n')
      console.error('Error at /hook/' + encodeURIComponent(${JSON.stringify(secret)}))
      process.stdout.write('last words')
      process.exitCode = 3
    }, 50)`
  const service = createService({
    name: 'talkative',
    command: process.execPath,
    args: ['--eval', printing],
    env: {},
    cwd: folder,
    logFile,
    hidden: [secret],
    isHealthy: async () => false,
  })
  services.push(service)
  await assert.rejects(service.start(), /did not start: exit code 3[^]*last words/)
  const log = readFileSync(logFile, 'utf8')
  assert.match(log, /POST \/hook\/\[hidden\] refused/)
  assert.match(log, /Error at \/hook\/\[hidden\]/)
  assert.ok(!log.includes(secret) && !log.includes(encodeURIComponent(secret)))
})

/** A service that is kept running, and what was said of it. */
function describeKept(limits: Restarts) {
  const said: string[] = []
  const ending = new AbortController()
  const { promise: givenUp, resolve } = Promise.withResolvers<string>()
  const { ended } = keepRunning({
    log: (line) => void said.push(line),
    signal: ending.signal,
    onGivenUp: (service, reason) => resolve(`${service.name}: ${reason}, ${service.logFile}`),
    limits,
  })
  return { ...describe('polite', { onUnexpectedExit: ended }), said, ending, givenUp }
}
const quickly: Restarts = { most: 2, withinMs: 60_000, firstMs: 1, longestMs: 10 }
const waitFor = async (what: string, is: () => boolean) => {
  for (let waited = 0; !is(); waited += 20) {
    assert.ok(waited < 8000, what)
    await sleep(20)
  }
}

test('a process that was killed comes back, with its children gone; one that ends again and again does not', async () => {
  const { service, pids, forget, said, givenUp } = describeKept(quickly)
  await service.start()
  for (let end = 1; end <= 3; end++) {
    const before = pids()
    forget()
    process.kill(before[0]!, 'SIGKILL')
    if (end <= 2)
      await waitFor('it is up again', () => said.filter((line) => line.startsWith('up again')).length === end)
    assert.ok(await areGone(before))
  }
  assert.match(
    await givenUp,
    /^sample: ended by SIGKILL\. It ended 3 times within 1 minutes, and is not started again, .*\.log$/,
  )
  assert.equal(service.pid(), undefined)
})

test('what is stopped is not started again, also while it waits for its next start', async () => {
  const { service, pids, said, ending } = describeKept({ ...quickly, firstMs: 60_000, longestMs: 60_000 })
  await service.start()
  process.kill(pids()[0]!, 'SIGKILL')
  await waitFor('it waits', () => said.length === 1)
  ending.abort()
  await service.stop()
  await sleep(50)
  assert.equal(service.pid(), undefined)
  assert.equal(said.length, 1)
})

test('one that cannot be started again is tried as often, and its log is named', async () => {
  const { service, pids, givenUp } = describeKept(quickly)
  await service.start()
  writeFileSync(script, `console.error('no such table'); process.exit(3)`)
  process.kill(pids()[0]!, 'SIGKILL')
  // The old number is still in its file, which is what health is here.
  assert.match(await givenUp, /sample: /)
})

test('a log makes room, in so many files of so many bytes, and whoever writes to it goes on', () => {
  const log = join(folder, 'rotated.log')
  const file = openSync(log, 'a', 0o600)
  for (let round = 0; round < 6; round++) {
    writeSync(file, `${round}:${'x'.repeat(1200)}\n`)
    rotateLog(log, { maxBytes: 1000, olderFiles: 2 })
  }
  writeSync(file, 'last\n')
  assert.equal(readFileSync(log, 'utf8'), 'last\n')
  const names = readdirSync(folder).filter((name) => name.startsWith('rotated.log'))
  assert.deepEqual(names.toSorted(), ['rotated.log', 'rotated.log.1', 'rotated.log.2'])
  assert.match(readFileSync(`${log}.1`, 'utf8'), /^5:/)
  assert.match(readFileSync(`${log}.2`, 'utf8'), /^4:/)
  assert.equal(statSync(`${log}.1`).mode & 0o777, 0o600)
  appendFileSync(log, 'small\n')
  rotateLog(log, { maxBytes: 1000, olderFiles: 2 })
  assert.match(readFileSync(log, 'utf8'), /last\nsmall/)
})
