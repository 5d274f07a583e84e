import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Cache } from './cache.ts'
import { createMemoryCache } from './memory-cache.ts'
import { createRedisCache } from './redis-cache.ts'

/** Looks every few milliseconds until the fact holds; a fact that never does fails the test by its time limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}

function keepsContract(open: () => Promise<Cache>): void {
  let cache: Cache
  before(async () => {
    cache = await open()
  })
  after(() => cache.close())

  test('it answers a ping', () => cache.ping())

  test('a value is read as it was set, until it is set again or deleted', async () => {
    assert.equal(await cache.get('a'), null)
    await cache.set('a', 'один', 60_000)
    await cache.set('b', '', 60_000)
    assert.equal(await cache.get('a'), 'один')
    assert.equal(await cache.get('b'), '')
    await cache.set('a', 'two', 60_000)
    assert.equal(await cache.get('a'), 'two')
    await cache.delete(['a', 'b', 'never set'])
    assert.equal(await cache.get('a'), null)
    assert.equal(await cache.get('b'), null)
    await cache.delete([])
  })

  test('a value is gone after its time', { timeout: 5000 }, async () => {
    await cache.set('short', '1', 40)
    await cache.set('long', '1', 60_000)
    await until(async () => (await cache.get('short')) === null)
    assert.equal(await cache.get('long'), '1')
  })

  test('of many who want a lock one gets it, until it is given back by its owner', async () => {
    const owners = Array.from({ length: 20 }, (_, index) => `owner ${index}`)
    const got = await Promise.all(owners.map((owner) => cache.lock('lock', owner, 60_000)))
    assert.equal(got.filter(Boolean).length, 1)
    const owner = owners[got.indexOf(true)]!
    assert.equal(await cache.lock('lock', owner, 60_000), true, 'its own already')
    await cache.unlock('lock', 'somebody else')
    assert.equal(await cache.lock('lock', 'somebody else', 60_000), false)
    await cache.unlock('lock', owner)
    assert.equal(await cache.lock('lock', 'somebody else', 60_000), true)
  })

  test('a lock whose owner died is free after its time', { timeout: 5000 }, async () => {
    assert.equal(await cache.lock('dead', 'first', 40), true)
    await until(() => cache.lock('dead', 'second', 60_000))
  })

  test('a counter counts, also for many at once', async () => {
    const values = await Promise.all(Array.from({ length: 50 }, () => cache.increment('many', 60_000)))
    assert.deepEqual(
      values.toSorted((a, b) => a - b),
      Array.from({ length: 50 }, (_, index) => index + 1),
    )
    assert.equal(await cache.increment('other', 60_000), 1)
    await cache.delete(['many'])
    assert.equal(await cache.increment('many', 60_000), 1)
  })

  test(
    'the time of a counter runs from its first use, however often it is used',
    { timeout: 5000 },
    async () => {
      const started = Date.now()
      assert.equal(await cache.increment('window', 150), 1)
      let newest = 1
      await until(async () => {
        const value = await cache.increment('window', 150)
        const again = value < newest
        newest = value
        return again
      })
      assert.equal(newest, 1)
      assert.ok(Date.now() - started >= 145)
    },
  )
}

describe('in memory', () => {
  keepsContract(async () => createMemoryCache())

  test('the oldest give way when it is full', async () => {
    const cache = createMemoryCache(2)
    for (const key of ['a', 'b', 'c']) await cache.set(key, key, 60_000)
    assert.equal(await cache.get('a'), null)
    assert.equal(await cache.get('c'), 'c')
  })
})

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

describe('in Redis', { skip: hasRedis ? false : 'this machine has no redis-server' }, () => {
  let redis: ChildProcess
  let port = 0

  after(async () => {
    if (redis.exitCode !== null || redis.signalCode !== null) return
    redis.kill('SIGKILL')
    await once(redis, 'exit')
  })

  keepsContract(async () => {
    port = await freePort()
    redis = spawn('redis-server', [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--daemonize',
      'no',
    ])
    let output = ''
    await new Promise<void>((resolve, reject) => {
      redis.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${output}`)))
      redis.stdout!.on('data', (chunk: Buffer) => {
        output += chunk
        if (output.includes('Ready to accept connections')) resolve()
      })
    })
    return createRedisCache({ host: '127.0.0.1', port }, () => {})
  })

  test('its keys are told apart from those of others', async () => {
    const cache = createRedisCache({ host: '127.0.0.1', port }, () => {})
    await cache.set('whose', 'ours', 60_000)
    const { Redis } = await import('ioredis')
    const other = new Redis({ host: '127.0.0.1', port })
    assert.equal(await other.get('leads:whose'), 'ours')
    assert.equal(await other.get('whose'), null)
    other.disconnect()
    await cache.close()
  })

  test('when Redis is away a call fails soon', { timeout: 20_000 }, async () => {
    const errors: Error[] = []
    const cache = createRedisCache(
      { host: '127.0.0.1', port: await freePort() },
      (error) => void errors.push(error),
    )
    await assert.rejects(cache.get('a'))
    await assert.rejects(cache.increment('a', 1000))
    assert.ok(errors.length > 0)
    await cache.close()
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
