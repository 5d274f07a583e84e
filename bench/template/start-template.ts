import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeApiKey, startPlainN8n } from '../../e2e/n8n/plain-n8n.ts'
import { openPublicApi } from '../../local/n8n/public-api.ts'
import { findFreePort } from '../../local/processes/ports.ts'
import { startBenchPostgres } from '../start-postgres.ts'
import { startOutside } from './outside.ts'
import { pathOf, type Variant, variants, workflowOf } from './workflows.ts'

const mostWaitMs = 30_000

/** An n8n of its own with the template as people publish it, its PostgreSQL, and what it speaks with. Executions are saved, as n8n comes. */
export async function startTemplate() {
  const postgres = await startBenchPostgres()
  const outside = await startOutside()
  const { host, port, database, user, password } = postgres.n8n
  const n8n = await startPlainN8n({
    userFolder: join(postgres.folder, 'template'),
    port: await findFreePort(),
    database: {
      DB_POSTGRESDB_HOST: host,
      DB_POSTGRESDB_PORT: port,
      DB_POSTGRESDB_DATABASE: database,
      DB_POSTGRESDB_USER: user,
      DB_POSTGRESDB_PASSWORD: password,
      DB_POSTGRESDB_POOL_SIZE: '10',
    },
  })
  const stop = async () => {
    await n8n.stop()
    await outside.stop()
    await postgres.stop()
  }
  try {
    const api = openPublicApi(n8n.url, await makeApiKey(n8n.url))
    const make = async (path: string, json: unknown) => (await api.ask('POST', path, json)) as { id: string }
    const { host: at, port: of, ...login } = postgres.own
    const memory = await make('/credentials', {
      name: 'memory',
      type: 'postgres',
      data: { host: at, port: Number(of), ...login, ssl: 'disable', sshTunnel: false, maxConnections: 16 },
    })
    const model = await make('/credentials', {
      name: 'model',
      type: 'openAiApi',
      data: { apiKey: 'none', url: `${outside.url}/v1`, header: false },
    })
    for (const variant of variants) {
      const credentials = { postgres: memory.id, openAi: model.id }
      const { id } = await make('/workflows', workflowOf(variant, { outside: outside.url, credentials }))
      await api.ask('POST', `/workflows/${id}/activate`)
    }
    return {
      spent: outside.spent,
      pids: { n8n: n8n.pid(), api: 0, postgres: postgres.pid() },
      /** Resolves when it was sent. @throws when it was not */
      async say(variant: Variant, chat: string, text: string): Promise<void> {
        const ask = () =>
          fetch(`${n8n.url}/webhook/${pathOf(variant)}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ chat, text }),
          })
        let response = await ask()
        // n8n says that a workflow is on before its webhook is there.
        for (const end = Date.now() + mostWaitMs; response.status === 404 && Date.now() < end;) {
          await response.text()
          await sleep(250)
          response = await ask()
        }
        if (!response.ok) throw new Error(`${variant} answered ${response.status}: ${await response.text()}`)
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
