import { LRUCache } from 'lru-cache'
import type { Cache } from './cache.ts'

export function createMemoryCache(maxEntries = 10_000): Cache {
  const values = new LRUCache<string, string>({ max: maxEntries, ttl: 60_000 })
  return {
    kind: 'memory',
    get: async (key) => values.get(key) ?? null,
    set: async (key, value, ttlMs) => void values.set(key, value, { ttl: ttlMs }),
    delete: async (keys) => {
      for (const key of keys) values.delete(key)
    },
    increment: async (key, ttlMs) => {
      const next = Number(values.get(key) ?? 0) + 1
      const left = values.getRemainingTTL(key)
      values.set(key, String(next), { ttl: next === 1 ? ttlMs : Math.max(1, left) })
      return next
    },
    lock: async (key, owner, ttlMs) => {
      if ((values.get(key) ?? owner) !== owner) return false
      values.set(key, owner, { ttl: ttlMs })
      return true
    },
    unlock: async (key, owner) => {
      if (values.get(key) === owner) values.delete(key)
    },
    ping: async () => {},
    close: async () => values.clear(),
  }
}
