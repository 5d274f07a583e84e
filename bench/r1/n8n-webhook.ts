import { makeApiKey, startPlainN8n } from '../../e2e/n8n/plain-n8n.ts'
import { openPublicApi } from '../../local/n8n/public-api.ts'
import { findFreePort } from '../../local/processes/ports.ts'

type Database = { host: string; port: string; database: string; user: string; password: string }

/**
 * The same work by n8n alone: its webhook writes the body into the same table and answers afterwards. Executions that end well
 * are not saved, and the pool has ten connections: its best for this.
 * @param own where n8n keeps what it knows
 * @param target where the hooks go
 */
export async function startN8nWebhook({
  folder,
  own,
  target,
}: {
  folder: string
  own: Database
  target: Database
}) {
  const n8n = await startPlainN8n({
    userFolder: folder,
    port: await findFreePort(),
    database: {
      DB_POSTGRESDB_HOST: own.host,
      DB_POSTGRESDB_PORT: own.port,
      DB_POSTGRESDB_DATABASE: own.database,
      DB_POSTGRESDB_USER: own.user,
      DB_POSTGRESDB_PASSWORD: own.password,
      DB_POSTGRESDB_POOL_SIZE: '10',
    },
    environment: { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' },
  })
  try {
    const api = openPublicApi(n8n.url, await makeApiKey(n8n.url))
    const credential = (await api.ask('POST', '/credentials', {
      name: 'hooks',
      type: 'postgres',
      data: { ...target, port: Number(target.port), ssl: 'disable', sshTunnel: false, maxConnections: 16 },
    })) as { id: string }
    const workflow = (await api.ask('POST', '/workflows', workflowOf(credential.id))) as { id: string }
    await api.ask('POST', `/workflows/${workflow.id}/activate`)
    return { door: new URL(`${n8n.url}/webhook/hooks`), stop: n8n.stop }
  } catch (error) {
    await n8n.stop()
    throw error
  }
}

const workflowOf = (credentialId: string) => ({
  name: 'Hooks into PostgreSQL',
  settings: { saveDataSuccessExecution: 'none', executionOrder: 'v1' },
  nodes: [
    {
      id: 'hook',
      name: 'Hook',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      position: [0, 0],
      webhookId: 'hooks',
      parameters: { httpMethod: 'POST', path: 'hooks', responseMode: 'lastNode' },
    },
    {
      id: 'store',
      name: 'Store',
      type: 'n8n-nodes-base.postgres',
      typeVersion: 2.6,
      position: [240, 0],
      credentials: { postgres: { id: credentialId, name: 'hooks' } },
      parameters: {
        operation: 'executeQuery',
        query: `insert into inbox_events (source, dedupe_key, content_type, body) values ('amocrm', md5($1), 'application/json', convert_to($1, 'UTF8')) on conflict (source, dedupe_key) do nothing returning id`,
        options: { queryReplacement: '={{ [JSON.stringify($json.body)] }}' },
      },
    },
  ],
  connections: { Hook: { main: [[{ node: 'Store', type: 'main', index: 0 }]] } },
})
