import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { atOnce, type Engine, quietMs } from './engine.ts'

const queue = 'turns'

/**
 * Policy `short`: one job of a conversation waits, however many messages come. A bell that finds one is dropped, so that it may only be rung when
 * the message is there. Its queues in strict order (`key_strict_fifo`) have no debounce.
 */
export const pgBoss: Engine = async ({ databaseUrl, answer }) => {
  const boss = new PgBoss({ connectionString: databaseUrl, max: atOnce, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue(queue, { policy: 'short' })
  let isOver = false
  // Fetched and completed by hand: its `work` asks at most twice a second. Two loops, as ours has.
  const work = async () => {
    while (!isOver) {
      const jobs = await boss.fetch<{ leadId: number }>(queue, { batchSize: atOnce })
      await Promise.all(
        jobs.map(async ({ id, data }) => {
          await answer(data.leadId, id)
          await boss.complete(queue, id)
        }),
      )
      if (jobs.length === 0) await sleep(10)
    }
  }
  const worked = Promise.all([work(), work()])
  return {
    ringAfter: (leadId) =>
      boss.send(
        queue,
        { leadId },
        { singletonKey: String(leadId), startAfter: new Date(Date.now() + quietMs) },
      ),
    stop: async () => {
      isOver = true
      await worked
      await boss.stop({ graceful: false })
    },
  }
}
