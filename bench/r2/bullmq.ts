import { Queue, Worker } from 'bullmq'
import { atOnce, type Engine, quietMs } from './engine.ts'
import { startRedis } from './start-redis.ts'

/**
 * Its own deduplication: one delayed job of a conversation, moved by a later message, and one more while it is being worked. Redis writes
 * each command to its file before it answers, as PostgreSQL does.
 */
export const bullmq: Engine = async ({ answer }) => {
  const redis = await startRedis()
  const connection = { host: '127.0.0.1', port: redis.port, maxRetriesPerRequest: null }
  const queue = new Queue<{ leadId: number }>('turns', { connection })
  const worker = new Worker<{ leadId: number }>(
    'turns',
    async (job) => answer(job.data.leadId, `${job.id}-${job.timestamp}`),
    {
      connection,
      concurrency: atOnce,
      removeOnComplete: { count: 0 },
    },
  )
  worker.on('error', () => {})
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()])
  return {
    ringAfter: (leadId) =>
      queue.add(
        'turn',
        { leadId },
        {
          delay: quietMs,
          deduplication: { id: `lead-${leadId}`, reschedule: true, keepLastIfActive: true },
        },
      ),
    stop: async () => {
      await worker.close()
      await queue.close()
      await redis.stop()
    },
  }
}
