import type { Queryable } from '../database/pool.ts'
import { findEvents } from './erased-events.ts'
import { type Holding, holdings } from './holdings.ts'
import type { Person } from './signs.ts'

/** A row as PostgreSQL writes it as JSON; bytes are base64. */
type Row = Record<string, unknown>
export type PersonExport = { person: Person; tables: Record<string, Row[]> }

/** Everything that our tables hold of a person, table by table, files and raw events included. */
export async function exportPerson(db: Queryable, person: Person): Promise<PersonExport> {
  const tables: Record<string, Row[]> = {}
  for (const holding of holdings) {
    if (holding.blank) continue
    const rows = await rowsOf(db, holding, person)
    if (rows.length > 0) tables[holding.table] = [...(tables[holding.table] ?? []), ...rows]
  }
  const { events } = await findEvents(db, person)
  if (events.length > 0)
    tables['inbox_events'] = events.map(({ id, source, received_at: at, body }) => ({
      id,
      source,
      received_at: at.toISOString(),
      body: body.toString('utf8'),
    }))
  return { person, tables }
}

async function rowsOf(db: Queryable, { table, find, by }: Holding, person: Person): Promise<Row[]> {
  if (person[by].length === 0) return []
  const { rows } = await db.query<Row>(`select * from ${table} where ctid = any(array(${find}))`, [
    person[by],
  ])
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        Buffer.isBuffer(value) ? value.toString('base64') : value,
      ]),
    ),
  )
}
