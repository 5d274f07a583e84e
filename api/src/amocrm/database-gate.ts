import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database/pool.ts'
import { readSql } from '../database/read-sql.ts'
import { AmocrmError } from './amocrm-error.ts'
import { type Gate, type HoldKind, holdMs, patienceMs } from './gate.ts'

const enterGate = readSql(import.meta.dirname, 'enter-gate')
const probeMs = 30_000

type Entry = { answer: 'go' | 'probe' | 'held'; wait_ms: number; held_kind: HoldKind; held_detail: string }

/** The gate of all processes of one database: `perSecond` requests in any second, evenly spaced, between them all. */
export function createDatabaseGate(db: Database, perSecond: number): Gate {
  const gapMs = 1000 / perSecond
  let line: Promise<unknown> = Promise.resolve()

  async function takePlace(): Promise<'go' | 'probe'> {
    for (;;) {
      const { rows } = await db.query<Entry>({ ...enterGate, values: [gapMs, probeMs] })
      const entry = rows[0]
      if (!entry) {
        await db.query(`insert into amocrm_gate (id) values ('main') on conflict do nothing`)
        continue
      }
      if (entry.answer === 'probe') return 'probe'
      if (entry.answer === 'go') {
        if (entry.wait_ms > 0) await sleep(entry.wait_ms)
        return 'go'
      }
      if (entry.wait_ms > patienceMs) {
        throw new AmocrmError(0, `amoCRM is not asked for now (${entry.held_kind}): ${entry.held_detail}`, {
          unsent: true,
          retryAfterMs: Math.ceil(entry.wait_ms) + 1,
        })
      }
      await sleep(entry.wait_ms + 1)
    }
  }

  return {
    // One after another: a place is taken only when the one before it was used, so a slow process keeps none for later.
    enter() {
      const place = line.then(takePlace)
      line = place.catch(() => {})
      return place
    },
    async hold(hold) {
      const { rows } = await db.query<{ held_step: number }>(
        `select held_step from amocrm_gate where id = 'main'`,
      )
      const step = rows[0]?.held_step ?? 0
      const { rowCount } = await db.query(
        `insert into amocrm_gate as g (id, held_until, held_kind, held_detail, held_since, held_step)
         values ('main', clock_timestamp() + make_interval(secs => $1::float8 / 1000), $2, $3, now(), $4)
         on conflict (id) do update
           set held_until = excluded.held_until, held_kind = excluded.held_kind, held_detail = excluded.held_detail,
               held_since = coalesce(g.held_since, now()), held_step = excluded.held_step, updated_at = now()
           where $5 or g.held_until is null`,
        [holdMs(hold, step), hold.kind, hold.detail.slice(0, 500), step + 1, hold.fromProbe ?? false],
      )
      return rowCount === 1
    },
    release: async () =>
      void (await db.query(
        `update amocrm_gate set held_until = null, held_since = null, held_kind = null, held_detail = null, held_step = 0,
                                updated_at = now()
         where id = 'main'`,
      )),
    async state() {
      const { rows } = await db.query<{
        held_until: Date | null
        held_since: Date
        held_kind: HoldKind
        held_detail: string
      }>(`select held_until, held_since, held_kind, held_detail from amocrm_gate where id = 'main'`)
      const row = rows[0]
      if (!row?.held_until) return { open: true }
      return {
        open: false,
        kind: row.held_kind,
        detail: row.held_detail,
        since: row.held_since,
        until: row.held_until,
      }
    },
  }
}
