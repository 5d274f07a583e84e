import { statfs } from 'node:fs/promises'
import { one, type Queryable } from '../database/pool.ts'

/** Below this part of the disk that is free people are told. */
const leastFree = 0.1
/** Due work that is older than this means that leads wait. In minutes. */
export const overdueMinutes = 5

export type ReadDisk = () => Promise<{ bavail: number; blocks: number }>
const readOwnDisk: ReadDisk = () => statfs('.')

/** What is wrong with the disk that the API is on; null: nothing. */
export async function diskTrouble(readDisk: ReadDisk = readOwnDisk): Promise<string | null> {
  const { bavail, blocks } = await readDisk()
  if (blocks === 0 || bavail / blocks >= leastFree) return null
  return `${Math.floor((100 * bavail) / blocks)} % free`
}

/** Whether turns or events are due and nobody takes them, though nothing that they need is known to be away; null: all move. */
export async function workTrouble(db: Queryable): Promise<string | null> {
  const { turns, inbox } = one(
    await db.query<{ turns: number | null; inbox: number | null }>(
      `select
         (select floor(extract(epoch from now() - run_at) / 60)::int from turns
          where state = 'pending' and held_by is null and run_at <= now() - make_interval(mins => $1) order by run_at limit 1) as turns,
         (select floor(extract(epoch from now() - run_at) / 60)::int from inbox_events
          where state = 'received' and run_at <= now() - make_interval(mins => $1) order by run_at limit 1) as inbox`,
      [overdueMinutes],
    ),
  )
  const old = Object.entries({ turns, inbox }).flatMap(([name, minutes]) =>
    minutes === null ? [] : [`${name}: ${minutes} min`],
  )
  return old.length > 0 ? old.join(', ') : null
}
