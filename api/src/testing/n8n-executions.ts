import { Client } from 'pg'
import type { Ports } from '../app.ts'

/**
 * n8n's tables of executions, as n8n 2.41 makes them, in n8n's database of the test server and with n8n's role; for texts that n8n would
 * have kept. The database is one for the whole process.
 */
export async function openExecutions(app: Ports<'config' | 'db'>): Promise<Client> {
  const url = new URL(app.db.options.connectionString ?? '')
  url.pathname = `/${app.config.n8nDatabase}`
  url.username = url.password = 'n8n'
  const client = new Client({ connectionString: url.href })
  client.on('error', () => {})
  await client.connect()
  await client.query(`
    create table if not exists execution_entity (id serial primary key, status varchar not null default 'success',
      "startedAt" timestamptz(3) default now(), "createdAt" timestamptz(3) not null default now());
    create table if not exists execution_data ("executionId" int primary key references execution_entity on delete cascade, data text not null,
      "workflowData" json not null default '{}');
    create table if not exists execution_metadata (id serial primary key, "executionId" int not null references execution_entity on delete cascade,
      key varchar(255) not null, value text not null);
    delete from execution_entity`)
  return client
}

/** @returns the execution's id */
export async function addExecution(
  client: Client,
  data: string,
  { status = 'success', startedAt = new Date() } = {},
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    'insert into execution_entity (status, "startedAt") values ($1, $2) returning id',
    [status, startedAt],
  )
  await client.query('insert into execution_data ("executionId", data) values ($1, $2)', [rows[0]!.id, data])
  return rows[0]!.id
}
