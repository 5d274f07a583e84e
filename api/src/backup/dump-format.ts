import { z } from 'zod'

/**
 * A dump is text, a line each: this head; for each table a line with its name and columns, its rows as COPY writes them, and a line
 * `\.`; in the end a line that says how many rows there were. Tables stand before those that refer to them. The schema is not in it: the
 * migrations are named, and make it.
 */
export const dumpHeadSchema = z.object({
  format: z.literal('lead-processing-system/1'),
  /** Of the system that made it. */
  version: z.string(),
  /** By the database's clock: what was committed until then is in it, and nothing else. */
  dumpedAt: z.iso.datetime({ offset: true }),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
})
export type DumpHead = z.infer<typeof dumpHeadSchema>

export const dumpTableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })
export type DumpTable = z.infer<typeof dumpTableSchema>

export const dumpEndSchema = z.object({ rows: z.record(z.string(), z.int()) })

export const endOfRows = '\\.'

/**
 * What is not kept: who is logged into the console, which must not come back to life; what the console's pages follow, which means
 * nothing in another database; and what `migrate` writes itself.
 */
export const leftOut = ['console_changes', 'console_sessions', 'console_invitations', 'schema_migrations']
