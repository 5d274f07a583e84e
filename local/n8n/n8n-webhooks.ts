import { Client } from 'pg'
import { z } from 'zod'

const webhookSchema = z.object({
  id: z.string(),
  nodes: z.array(z.object({ webhookId: z.string().optional(), disabled: z.boolean().optional() })),
})

/** The ids of the workflows that begin with a webhook. */
export function findWebhookWorkflows(workflows: unknown[]): string[] {
  return workflows
    .map((workflow) => webhookSchema.parse(workflow))
    .filter(({ nodes }) => nodes.some((node) => node.webhookId && !node.disabled))
    .map(({ id }) => id)
}

/**
 * Whether n8n answers the webhooks of these workflows. n8n calls itself ready up to ten seconds earlier, and until then a
 * webhook gets a 404; this table of n8n's is what it looks a webhook up in.
 */
export async function areWebhooksRegistered(
  environment: Record<string, string>,
  workflowIds: string[],
): Promise<boolean> {
  const client = new Client({
    host: environment.DB_POSTGRESDB_HOST,
    port: Number(environment.DB_POSTGRESDB_PORT),
    database: environment.DB_POSTGRESDB_DATABASE,
    user: environment.DB_POSTGRESDB_USER,
    password: environment.DB_POSTGRESDB_PASSWORD,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ registered: number }>(
      'select count(distinct "workflowId")::int as registered from webhook_entity where "workflowId" = any($1)',
      [workflowIds],
    )
    return rows[0]?.registered === workflowIds.length
  } finally {
    await client.end().catch(() => {})
  }
}
