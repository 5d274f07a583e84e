import { one, type Queryable } from '../database/pool.ts'

export type Promises = {
  /** When the lead that waits longest for an answer of the assistant wrote; null: nobody waits. */
  unansweredSince: Date | null
  /** When the lead that waits longest for the first message appeared; null: nobody waits. */
  untouchedSince: Date | null
  /** Turns whose execution let its lease run out, and that nobody has taken up yet. */
  leasesLost: number
  /** Turns that were given to a human in the last hour because they failed. */
  turnsFailed: number
  /** Turns that needed more than one execution in the last hour. */
  turnsRepeated: number
}

/** What the promises look like from outside, by the database's clock. */
export async function readPromises(db: Queryable): Promise<Promises> {
  return one(
    await db.query<Promises>(
      `select waiting.*, turns.*
       from (select
            (select min(unanswered_since) from lead_heads where queue = 'assistant') as "unansweredSince",
            (select min(created_at) from lead_heads where queue = 'assistant' and contacted_at is null) as "untouchedSince") waiting,
         (select
            (select count(*) from turns where state = 'running' and lease_until < now())::int as "leasesLost",
            (select count(*) from turns where state = 'failed' and finished_at > now() - interval '1 hour')::int as "turnsFailed",
            (select count(*) from turns where fencing > 1 and finished_at > now() - interval '1 hour')::int as "turnsRepeated") turns`,
    ),
  )
}
