import { setImmediate as nextTick } from 'node:timers/promises'
import { AmocrmError } from './amocrm-error.ts'

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/**
 * Puts what is written at the same time into one request, at most `most` items, in their order. What amoCRM refuses as a whole
 * is halved until the bad item is alone; after a timeout of amoCRM (504, no answer) the next requests are smaller.
 * `send` answers one result per item, in their order.
 */
export function createCombiner<Item, Result>(
  send: (items: Item[]) => Promise<Result[]>,
  most = 50,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let size = most
  let running = false

  async function deliver(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await send(batch.map(({ item }) => item))
      if (results.length !== batch.length) throw new Error(`${results.length} answers to ${batch.length}`)
      for (const [index, result] of results.entries()) batch[index]?.resolve(result)
      size = Math.min(most, size + 5)
    } catch (error) {
      const refused = error instanceof AmocrmError && !error.retry && error.status !== 403
      if (refused && batch.length > 1) {
        const half = Math.ceil(batch.length / 2)
        await deliver(batch.slice(0, half))
        await deliver(batch.slice(half))
        return
      }
      const tooSlow = error instanceof AmocrmError && !error.unsent && [0, 504].includes(error.status)
      if (tooSlow) size = Math.max(1, Math.floor(batch.length / 2))
      for (const { reject } of batch) reject(error)
    }
  }

  async function run(): Promise<void> {
    running = true
    // All that the same round of the outbox writes comes within one turn of the event loop or two.
    await nextTick()
    await nextTick()
    while (waiting.length > 0) await deliver(waiting.splice(0, size))
    running = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!running) void run()
    })
}
