import { Redis } from 'ioredis'
import type { Cache } from './cache.ts'

/** Keys carry this prefix, so that one Redis can serve n8n as well. */
const prefix = 'leads:'

/** Looking and deleting in one step: between two, the lock could pass to another owner. */
const deleteIfEqual = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/** A call fails fast when Redis is away: everything here can be done without, and waiting would be worse. */
export function createRedisCache(
  { host, port }: { host: string; port: number },
  onError: (error: Error) => void,
): Cache {
  const redis = new Redis({
    host,
    port,
    keyPrefix: prefix,
    connectTimeout: 2000,
    commandTimeout: 1000,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: true,
  })
  redis.on('error', onError)
  return {
    kind: 'redis',
    get: (key) => redis.get(key),
    set: async (key, value, ttlMs) => void (await redis.set(key, value, 'PX', ttlMs)),
    delete: async (keys) => void (keys.length && (await redis.del(...keys))),
    increment: async (key, ttlMs) => {
      const answers = await redis.multi().set(key, '0', 'PX', ttlMs, 'NX').incr(key).exec()
      const [error, value] = answers?.[1] ?? [new Error('Redis gave no answer'), null]
      if (error) throw error
      return Number(value)
    },
    lock: async (key, owner, ttlMs) => {
      if ((await redis.set(key, owner, 'PX', ttlMs, 'NX')) === 'OK') return true
      return (await redis.get(key)) === owner
    },
    unlock: async (key, owner) => void (await redis.eval(deleteIfEqual, 1, key, owner)),
    ping: async () => void (await redis.ping()),
    close: async () => redis.disconnect(),
  }
}
