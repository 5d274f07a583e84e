import { DatabaseError } from 'pg'
import type { Database } from '../database/pool.ts'
import { type InboxEvent, storeEvent, storeEvents } from './store-event.ts'

/** So many events in one statement. */
const most = 100

type Waiting = { event: InboxEvent; resolve: (added: boolean) => void; reject: (error: unknown) => void }

/**
 * Keeps raw events as `storeEvent` does; those that come while a statement is under way share the next one, so that a burst costs
 * PostgreSQL few commits. Nobody waits for company: an event that comes alone is stored at once. One that PostgreSQL refuses fails alone.
 */
export function gatherEvents(db: Database): (event: InboxEvent) => Promise<boolean> {
  const waiting: Waiting[] = []
  let isStoring = false

  async function storeWaiting(): Promise<void> {
    isStoring = true
    while (waiting.length > 0) await storeTogether(db, waiting.splice(0, most))
    isStoring = false
  }

  return (event) =>
    new Promise((resolve, reject) => {
      waiting.push({ event, resolve, reject })
      if (!isStoring) void storeWaiting()
    })
}

/** Never throws: each of them hears how it went. */
async function storeTogether(db: Database, portion: Waiting[]): Promise<void> {
  try {
    const added = await storeEvents(
      db,
      portion.map(({ event }) => event),
    )
    for (const [index, { resolve }] of portion.entries()) resolve(added[index] === true)
  } catch (error) {
    if (portion.length > 1 && error instanceof DatabaseError)
      for (const { event, resolve, reject } of portion) await storeEvent(db, event).then(resolve, reject)
    else for (const { reject } of portion) reject(error)
  }
}
