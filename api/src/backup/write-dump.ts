import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { one } from '../database/pool.ts'
import { type DumpHead, type DumpTable, endOfRows, leftOut } from './dump-format.ts'

const packageFile = join(import.meta.dirname, '../../../package.json')

/** The version of the system whose code this is. */
export const ownVersion = (): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version

export type Dumped = Pick<DumpHead, 'dumpedAt'> & { rows: Record<string, number> }

/**
 * All of the database as it is at one moment, while everything goes on. `done` is told of it when the last row was given.
 * @throws what the database refuses
 */
export async function* writeDump(
  databaseUrl: string,
  done: (dumped: Dumped) => void,
): AsyncGenerator<Buffer | string> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'lead-backup' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const head = await readHead(client)
    yield line(head)
    const rows: Record<string, number> = {}
    for (const table of await findTables(client)) {
      yield line(table)
      rows[table.table] = 0
      const names = table.columns.map(escapeIdentifier).join(', ')
      const copy = client.query(copyTo(`copy ${escapeIdentifier(table.table)} (${names}) to stdout`))
      for await (const chunk of copy) {
        yield chunk
        rows[table.table] = (rows[table.table] ?? 0) + newlines(chunk)
      }
      yield `${endOfRows}\n`
    }
    yield line({ rows })
    await client.query('commit')
    done({ dumpedAt: head.dumpedAt, rows })
  } finally {
    await client.end()
  }
}

const line = (value: object) => `${JSON.stringify(value)}\n`

/** COPY writes a row a line, and the line ends inside of values otherwise. */
function newlines(chunk: Buffer): number {
  let count = 0
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1
  return count
}

async function readHead(client: Client): Promise<DumpHead> {
  const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  )
  // The first statement of the transaction took its picture; a moment earlier is safe, a moment later is not.
  const { at } = one(await client.query<{ at: Date }>('select transaction_timestamp() as at'))
  return { format: 'lead-processing-system/1', version: ownVersion(), dumpedAt: at.toISOString(), migrations }
}

/** The tables with the columns that are not computed, those before that others refer to. */
async function findTables(client: Client): Promise<DumpTable[]> {
  const { rows } = await client.query<DumpTable & { needs: string[] }>(
    `select c.relname as table,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       coalesce((select array_agg(distinct t.relname::text) from pg_constraint f join pg_class t on t.oid = f.confrelid
         where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid), '{}') as needs
     from pg_class c
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> all($1)
     order by c.relname`,
    [leftOut],
  )
  const waiting = new Map(rows.map((row) => [row.table, row]))
  const ordered: DumpTable[] = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ needs }) => !needs.some((name) => waiting.has(name)))
    if (ready.length === 0)
      throw new Error(`These tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    for (const { table, columns } of ready) {
      ordered.push({ table, columns })
      waiting.delete(table)
    }
  }
  return ordered
}
