import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { findFreePort } from '../processes/ports.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { brokerPortTaken, createWithBrokerPort } from './broker-port.ts'
import { n8nRuntime } from './n8n-install.ts'

/** Listens as n8n's broker does, and ends with n8n's words when it cannot. */
const broker = `
  const port = Number(process.env.N8N_RUNNERS_BROKER_PORT)
  require('node:net').createServer()
    .once('error', () => { console.log("n8n Task Broker's port " + port + " is already in use. Do you have another instance of n8n running already?"); process.exit(1) })
    .listen(port, '127.0.0.1', () => require('node:fs').writeFileSync(process.argv[1], String(port)))`

test('a port that another system has taken meanwhile: n8n is started again with another one', async (t) => {
  const folder = makeTemporaryDataFolder()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const taken = (other.address() as AddressInfo).port
  const free = await findFreePort()
  const ready = join(folder, 'ready')
  const said: string[] = []
  const make = (choices: number[]) =>
    createWithBrokerPort(
      {
        name: 'n8n',
        command: process.execPath,
        args: ['-e', broker, ready],
        env: {},
        cwd: folder,
        logFile: join(folder, 'n8n.log'),
        isHealthy: async () => readFileSync(ready, 'utf8') !== '',
        healthTimeoutMs: 20_000,
      },
      { log: (line) => said.push(line), choosePort: async () => choices.shift() ?? taken },
    )
  t.after(() => {
    other.close()
    removeDataFolder(folder)
  })
  const service = make([taken, free])
  await service.start()
  assert.equal(readFileSync(ready, 'utf8'), String(free))
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', new RegExp(`port ${taken} .* was taken`))
  await service.stop()
  rmSync(ready)

  // Where every port is taken it ends, with n8n's own words.
  await assert.rejects(make([]).start(), new RegExp(`Task Broker's port ${taken} is already in use`))
})

test('these are the words of the n8n that is installed', () => {
  const file = join(n8nRuntime, 'node_modules/n8n/dist/task-runners/task-broker/task-broker-server.js')
  const words = brokerPortTaken(1).split('1')
  const source = readFileSync(file, 'utf8')
  assert.ok(source.includes(`${words[0]}\${port}${words[1]}`))
})
