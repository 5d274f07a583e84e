import { execFile } from 'node:child_process'
import { existsSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hookOf } from './send-hooks.ts'

/** Debian keeps it beside its server, where no PATH leads; ours, from npm, comes without. */
export const findPgbench = (): string | undefined =>
  ['/usr/bin/pgbench', ...globSync('/usr/lib/postgresql/*/bin/pgbench')].find((file) => existsSync(file))

/** The statement of `storeEvent` with the bytes of a hook, sent by the tool that costs the least. @returns statements a second */
export async function runPgbench(
  command: string,
  {
    folder,
    databaseUrl,
    connections,
    ms,
  }: { folder: string; databaseUrl: string; connections: number; ms: number },
): Promise<number> {
  const file = join(folder, 'accept.sql')
  writeFileSync(
    file,
    `\\set id random(1, 9000000000000000000)
insert into inbox_events (source, dedupe_key, content_type, body, sender_username, sender_phone)
values ('amocrm', 'pgbench ' || :id, 'application/x-www-form-urlencoded', convert_to('${hookOf(12_345_678)}', 'UTF8'), null, null)
on conflict (source, dedupe_key) do nothing;
`,
  )
  const seconds = String(Math.max(1, Math.round(ms / 1000)))
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(connections),
    '-j',
    '2',
    '-T',
    seconds,
    '-f',
    file,
    databaseUrl,
  ]
  const { stdout } = await promisify(execFile)(command, args)
  const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
  if (!tps) throw new Error(`pgbench said no figure: ${stdout}`)
  return Number(tps)
}
