import type { Readable } from 'node:stream'
import { z } from 'zod'
import { readJson } from '../text/parse-json.ts'
import { errorText } from '../text/storable.ts'
import { BackupError } from './backup-file.ts'
import {
  type DumpHead,
  type DumpTable,
  dumpEndSchema,
  dumpHeadSchema,
  dumpTableSchema,
  endOfRows,
} from './dump-format.ts'

export type Dump = {
  head: DumpHead
  /** Each table, whose rows must be read before the next one is asked for. */
  tables: AsyncGenerator<{ table: DumpTable; rows: AsyncGenerator<Buffer> }>
  /** How many rows each table had when the dump was made; after all tables were read. */
  rowsThen: () => Record<string, number>
}

/** @throws BackupError for what is no backup of ours, is damaged, or ends too early */
export async function readDump(source: Readable, name: string): Promise<Dump> {
  const lines = createReader(source, name)
  const head = dumpHeadSchema.safeParse(parse(await lines.line()))
  if (!head.success) throw new BackupError(`${name} is no backup of this system`)
  let counted: Record<string, number> | undefined
  async function* tables() {
    for (;;) {
      const given = parse(await lines.line())
      const end = dumpEndSchema.safeParse(given)
      if (end.success) {
        counted = end.data.rows
        return
      }
      const table = dumpTableSchema.safeParse(given)
      if (!table.success) throw new BackupError(`${name} is damaged, or ends too early`)
      yield { table: table.data, rows: lines.rows() }
    }
  }
  return { head: head.data, tables: tables(), rowsThen: () => z.record(z.string(), z.int()).parse(counted) }
}

const parse = (line: string | null): unknown => {
  try {
    return line === null ? null : readJson(Buffer.from(line))
  } catch {
    return null
  }
}

/** A line at a time, or the rows of a table in as large pieces as they come. */
function createReader(source: Readable, name: string) {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const more = async (): Promise<boolean> => {
    const { done, value } = await chunks.next().catch((error: unknown) => {
      throw new BackupError(`${name} is damaged, or ends too early: ${errorText(error)}`)
    })
    if (done) return false
    rest = rest.length === 0 ? value : Buffer.concat([rest, value])
    return true
  }
  const end = Buffer.from(`${endOfRows}\n`)
  return {
    async line(): Promise<string | null> {
      let at = rest.indexOf(10)
      while (at < 0 && (await more())) at = rest.indexOf(10)
      if (at < 0) return null
      const line = rest.subarray(0, at).toString('utf8')
      rest = rest.subarray(at + 1)
      return line
    },
    async *rows(): AsyncGenerator<Buffer> {
      // `rest` always begins at the beginning of a line here.
      for (;;) {
        if (rest.subarray(0, end.length).equals(end)) {
          rest = rest.subarray(end.length)
          return
        }
        const inside = rest.indexOf(`\n${endOfRows}\n`)
        const whole = inside >= 0 ? inside + 1 : rest.lastIndexOf(10) + 1
        if (whole > 0) {
          yield rest.subarray(0, whole)
          rest = rest.subarray(whole)
        } else if (!(await more())) throw new BackupError(`${name} is damaged, or ends too early`)
      }
    },
  }
}
