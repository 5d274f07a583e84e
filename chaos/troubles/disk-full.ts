import { openServer } from '../../local/postgres/open-server.ts'
import { askDatabase } from './ask-database.ts'
import type { Trouble } from './trouble.ts'

/** Without these nothing comes in, is thought, or goes out. */
const tables = ['inbox_events', 'messages', 'turns', 'outbox', 'audit_log']

/**
 * PostgreSQL refuses every new row with the error of a full disk. A real one would need a file system of its own, and so the rights of root;
 * what programs see of it is this error.
 */
export const diskFull: Trouble = {
  async begin({ parts }) {
    const { adminUrl, databaseUrl, close } = await openServer(parts.system.config)
    const url = new URL(adminUrl)
    url.pathname = new URL(databaseUrl).pathname
    const run = <Row extends object>(sql: string) => askDatabase<Row>(url.href, sql)
    const back = parts.noteOutage('postgres', 'its disk is full')
    await run(`
      create sequence if not exists public.chaos_refused;
      create or replace function public.chaos_refuse() returns trigger language plpgsql security definer as $$
        begin
          perform nextval('public.chaos_refused');
          raise exception 'could not extend file "base": No space left on device' using errcode = '53100';
        end $$;
      ${tables.map((table) => `create or replace trigger chaos_refuse before insert on public.${table} execute function public.chaos_refuse();`).join('\n')}`)
    return async () => {
      await run(`drop function public.chaos_refuse cascade`)
      back()
      // A sequence counts what was rolled back, too.
      const [counted] = await run<{ refused: string }>(
        `select case when is_called then last_value else 0 end as refused from public.chaos_refused`,
      )
      await run('drop sequence public.chaos_refused')
      await close()
      return Number(counted?.refused ?? 0)
    }
  },
}
