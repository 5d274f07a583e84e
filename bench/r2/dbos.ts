import { DBOS } from '@dbos-inc/dbos-sdk'
import { atOnce, type Engine, quietMs } from './engine.ts'

const queueName = 'turns'

/**
 * A workflow for each message on a queue whose partitions are the conversations, one at a time in each: order is its own. Its debouncer is
 * a workflow per burst and costs twice this; here messages wait for the same time and the first takes all.
 */
export const dbos: Engine = async ({ databaseUrl, answer }) => {
  const work = DBOS.registerWorkflow(
    async (leadId: number) => {
      const key = DBOS.workflowID ?? ''
      await DBOS.runStep(() => answer(leadId, key), { name: 'answer' })
    },
    { name: 'turn' },
  )
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: atOnce,
    logLevel: 'error',
    enableOTLP: false,
  })
  await DBOS.launch()
  await DBOS.registerQueue(queueName, {
    workerConcurrency: atOnce,
    partitionConcurrency: 1,
    minPollingIntervalMs: 20,
  })
  return {
    ringAfter: (leadId, messageId) =>
      DBOS.startWorkflow(work, {
        workflowID: `message-${messageId}`,
        queueName,
        enqueueOptions: { queuePartitionKey: String(leadId), delaySeconds: quietMs / 1000 },
      })(leadId),
    stop: () => DBOS.shutdown(),
  }
}
