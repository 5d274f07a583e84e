import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { lapseTurns, resumeTurns } from './engine/engine.ts'

/** A process that lives is back within half a second (n8n/nodes/src/stay-connected.ts). In ms. */
const graceMs = 2000
/** The same, when it was the API that went away: many come back at once, and the machine may just have started. In ms. */
const graceAfterUsMs = 5000
const lookAgainMs = 100

type LifePorts = Ports<'db' | 'log' | 'process' | 'wake'>

/** A process of n8n has connected to this one. Whoever waits for n8n need not wait any longer. */
export async function n8nConnected(app: LifePorts, id: string): Promise<void> {
  await app.db.query(
    `insert into n8n_processes (id, held_by) values ($1, $2)
     on conflict (id) do update set held_by = excluded.held_by, lapses_at = null`,
    [id, app.process],
  )
  if ((await resumeTurns(app.db, ['n8n'])) > 0) app.wake.up('turns')
}

/** Its connection is gone, and by now it may have one to another process of the API. */
export async function n8nDisconnected(app: LifePorts, id: string): Promise<void> {
  const { rowCount } = await app.db.query(
    `update n8n_processes set lapses_at = now() + make_interval(secs => $3::float8 / 1000) where id = $1 and held_by = $2`,
    [id, app.process, graceMs],
  )
  if (rowCount) lapseAfter(app, graceMs)
}

/** A process of the API died: those of n8n that had their connection to it have to come to another one. @returns how many */
export async function takeOverConnections(app: LifePorts, tx: Queryable, dead: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update n8n_processes set held_by = $2, lapses_at = now() + make_interval(secs => $3::float8 / 1000) where held_by = $1`,
    [dead, app.process, graceAfterUsMs],
  )
  if (rowCount) lapseAfter(app, graceAfterUsMs)
  return rowCount ?? 0
}

function lapseAfter(app: LifePorts, ms: number): void {
  setTimeout(() => void lapse(app), ms + lookAgainMs).unref()
}

async function lapse(app: LifePorts): Promise<void> {
  try {
    const lapsed = await lapseTurns(app.db, graceMs)
    if (lapsed === 0) return
    app.log.warn({ turns: lapsed }, 'A process of n8n died; its turns are dispatched again')
    app.wake.up('turns')
  } catch (error) {
    // Until then the turns have their leases.
    app.log.warn({ err: error }, 'Whether a process of n8n died was not written; it is tried again')
    lapseAfter(app, 1000)
  }
}
