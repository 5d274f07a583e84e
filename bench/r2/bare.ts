import { randomUUID } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import type { Database } from '../../api/src/database/pool.ts'
import { claimTurns, endTurn, scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { atOnce } from './engine.ts'

const jobs = 3000
const producers = 8

/** An engine that does nothing with what it takes: put in one by one, taken some at a time, each ended by itself. @returns jobs a second */
export async function bareOurs(db: Database): Promise<number> {
  const process = randomUUID()
  return perSecond({
    put: (leadId) => scheduleTurn(db, { leadId, kind: 'answer', quietMs: 0, longestMs: 0 }),
    take: () => claimTurns(db, { most: atOnce, leaseMs: 120_000, process }),
    end: ({ id, fencing }) => endTurn(db, { turnId: id, fencing }, 'done'),
  })
}

export async function barePgBoss(databaseUrl: string): Promise<number> {
  const queue = 'bare'
  const boss = new PgBoss({ connectionString: databaseUrl, max: atOnce, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue(queue)
  try {
    return await perSecond({
      put: (leadId) => boss.send(queue, { leadId }),
      take: () => boss.fetch(queue, { batchSize: atOnce }),
      end: ({ id }) => boss.complete(queue, id),
    })
  } finally {
    await boss.stop({ graceful: false })
  }
}

async function perSecond<Job>({
  put,
  take,
  end,
}: {
  put: (leadId: number) => Promise<unknown>
  take: () => Promise<Job[]>
  end: (job: Job) => Promise<unknown>
}): Promise<number> {
  const began = performance.now()
  let next = 0
  let done = 0
  const produce = async () => {
    while (next < jobs) await put(++next)
  }
  const work = async () => {
    while (done < jobs) {
      const taken = await take()
      await Promise.all(taken.map(end))
      done += taken.length
    }
  }
  await Promise.all([work(), ...Array.from({ length: producers }, produce)])
  return jobs / ((performance.now() - began) / 1000)
}
