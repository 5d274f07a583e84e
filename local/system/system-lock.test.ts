import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { choosePorts } from './choose-ports.ts'
import { loadConfig } from '../settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { findRunningSystem, lockSystem } from './system-lock.ts'

const dataDir = makeTemporaryDataFolder()
after(() => removeDataFolder(dataDir))

test('a second start on the same folder is told who runs', () => {
  const unlock = lockSystem(dataDir, 'http://127.0.0.1:5678')
  assert.throws(
    () => lockSystem(dataDir, 'x'),
    new RegExp(`process ${process.pid}, n8n at http://127.0.0.1:5678`),
  )
  unlock()
  assert.equal(findRunningSystem(dataDir), undefined)
})

test('the lock of a dead process does not count, even when its number is used again', () => {
  lockSystem(dataDir, 'x')
  const file = join(dataDir, 'system.lock')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/@\d+/, '@1'))
  assert.equal(findRunningSystem(dataDir), undefined)
  lockSystem(dataDir, 'x')()
})

test('a taken port is named with its variable; of PostgreSQL another one is taken', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => blocker.once('listening', resolve))
  const taken = (blocker.address() as { port: number }).port
  try {
    const config = loadConfig({ dataDir, environment: {}, freePorts: true })
    config.settings.N8N_PORT = taken
    await assert.rejects(
      choosePorts(config, ['n8n']),
      new RegExp(`port ${taken} is taken.*set N8N_PORT in \\.env`),
    )
    config.settings.DB_PORT = taken
    await choosePorts(config, ['postgres'])
    assert.notEqual(config.settings.DB_PORT, taken)
  } finally {
    blocker.close()
  }
})

test('ports that may be any get different numbers', async () => {
  const config = loadConfig({ dataDir, environment: {}, freePorts: true })
  await choosePorts(config, ['postgres', 'simulators', 'api', 'n8n'])
  const { PORT, DB_PORT, N8N_PORT, SIM_AMOCRM_PORT, SIM_LLM_PORT } = config.settings
  assert.equal(new Set([PORT, DB_PORT, N8N_PORT, SIM_AMOCRM_PORT, SIM_LLM_PORT, 0]).size, 6)
})
