import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { answersOk } from '../processes/processes.ts'
import { loadConfig } from '../settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { type PartName, startSystem } from './system.ts'

const dataDir = makeTemporaryDataFolder()
after(() => removeDataFolder(dataDir))

test('PostgreSQL, the simulators and the API come back after kill -9, each by itself, and the system works', async () => {
  const said: string[] = []
  const given: string[] = []
  const system = await startSystem({
    config: loadConfig({ dataDir, environment: {}, envFile: null, freePorts: true }),
    log: (line) => void said.push(line),
    only: ['postgres', 'simulators', 'api'],
    durable: false,
    restarts: true,
    onUnexpectedExit: ({ name }, reason) => void given.push(`${name}: ${reason}`),
  })
  const pid = (part: PartName) => system.processes[part]?.pid()
  try {
    for (const part of ['api', 'postgres', 'simulators'] as const) {
      const before = pid(part)
      assert.ok(before)
      process.kill(before, 'SIGKILL')
      const name = system.processes[part]!.name
      for (let waited = 0; !said.some((line) => line === `up again: ${name}`); waited += 50) {
        assert.ok(waited < 60_000, `${name} comes back`)
        await sleep(50)
      }
      assert.notEqual(pid(part), before)
    }
    // The database was away under the API, which found it again.
    for (let waited = 0; !(await answersOk(`${system.urls.api}/health`).catch(() => false)); waited += 50) {
      assert.ok(waited < 60_000, 'the API answers')
      await sleep(50)
    }
    assert.deepEqual(given, [])
  } finally {
    await system.stop()
  }
  const ended = said.length
  await sleep(1500)
  assert.equal(said.length, ended, 'what was stopped stays away')
})
