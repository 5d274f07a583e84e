import { Logger, run } from 'graphile-worker'
import { atOnce, type Engine, quietMs } from './engine.ts'

/**
 * As a doorbell: a job's key is the conversation, a later message moves it (`replace`). Its own named queues keep order too, but do a third of
 * this. Jobs are fetched 100 at a time.
 */
export const graphile: Engine = async ({ databaseUrl, answer }) => {
  const runner = await run({
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    preset: {
      worker: {
        connectionString: databaseUrl,
        maxPoolSize: atOnce,
        concurrentJobs: atOnce,
        pollInterval: 100,
        localQueue: { size: 100 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    taskList: {
      turn: async (payload, { job }) => answer((payload as { leadId: number }).leadId, job.id),
    },
  })
  return {
    ring: (tx, leadId) =>
      tx.query(
        `select graphile_worker.add_job('turn', $1::json, run_at := now() + make_interval(secs => $2::float8 / 1000), job_key := $3, job_key_mode := 'replace')`,
        [{ leadId }, quietMs, `lead-${leadId}`],
      ),
    stop: () => runner.stop(),
  }
}
