import type { StoredWorkflow } from './judge-workflow.ts'
import { type ChatModels, takeModelsBack } from '../../n8n/workflows/model-parameters.ts'
import { contentOf, type WorkflowContent } from '../../n8n/workflows/workflow-content.ts'

/** One statement on n8n's own database. */
export type Query = (sql: string, values: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>

/** What an import puts into workflows: where their requests to Google go, and the models that they ask. null: as they come with each turn. */
export type Surroundings = { googleUrl: string; models: ChatModels | null }

/**
 * What n8n has of our workflows, by id, as it would be at home: without what came from where it is. None when n8n has not made its
 * tables yet.
 */
export async function readStoredWorkflows(
  query: Query,
  ours: WorkflowContent[],
  { googleUrl, models }: Surroundings,
): Promise<Map<string, StoredWorkflow>> {
  const { rows: tables } = await query("select to_regclass('workflow_history') is not null as made", [])
  if (tables[0]?.made !== true) return new Map()
  const { rows } = await query(
    `select w.id, w.name, w.nodes, w.connections, w.settings, w."isArchived" as archived,
            d.authors as "draftBy", p."versionId" as published, p.nodes as "publishedNodes",
            p.connections as "publishedConnections", p.authors as "publishedBy"
     from workflow_entity w
     left join workflow_history d on d."versionId" = w."versionId"
     left join workflow_history p on p."versionId" = w."activeVersionId"
     where w.id = any($1)`,
    [ours.map(({ id }) => id)],
  )
  const read = (row: unknown) => {
    const content = contentOf(row, googleUrl)
    const own = ours.find(({ id }) => id === content.id)
    return own && models ? takeModelsBack(content, own, models) : content
  }
  return new Map(
    rows.map((row) => {
      const draft = read(row)
      const published = row.published
        ? read({ ...row, nodes: row.publishedNodes, connections: row.publishedConnections })
        : null
      const imported = row.draftBy === 'import' && (!row.published || row.publishedBy === 'import')
      return [draft.id, { draft, published, imported, archived: row.archived === true }]
    }),
  )
}

/** Which of these credentials n8n has, by id. */
export async function findCredentials(query: Query, ids: string[]): Promise<Set<unknown>> {
  const { rows: tables } = await query("select to_regclass('credentials_entity') is not null as made", [])
  if (tables[0]?.made !== true) return new Set()
  const { rows } = await query('select id from credentials_entity where id = any($1)', [ids])
  return new Set(rows.map(({ id }) => id))
}

/**
 * Publishes the current version of each workflow: the statement of n8n 2.41's `publish:workflow`, which takes a process of n8n, five to thirty
 * seconds, for each of them. Archived ones stay as they are.
 */
export async function publishDrafts(query: Query, ids: string[]): Promise<void> {
  await query(
    `update workflow_entity w set active = true, "activeVersionId" = w."versionId"
     where w.id = any($1) and not w."isArchived"
       and exists (select from workflow_history h where h."workflowId" = w.id and h."versionId" = w."versionId")`,
    [ids],
  )
}

/** What n8n does with what is published: serves it, has not got to it yet, or could not. */
export type Publication = { id: string; name: string; state: 'served' | 'waiting' | 'failed'; reason: string }

/** Nodes by which requests from outside come in. */
const doors = ['n8n-nodes-base.webhook', 'n8n-nodes-lead-processing.hookIntakeTrigger']

/**
 * How far n8n is with the published versions. It calls itself ready up to ten seconds earlier: until then
 * a webhook gets a 404 or the version before; what it serves it notes in these tables of its own.
 */
export async function readPublications(query: Query): Promise<Publication[]> {
  const { rows } = await query(
    `select w.id, w.name, o."errorMessage" as reason,
            p."publishedVersionId" is not distinct from w."activeVersionId" as current,
            coalesce(o.status in ('pending', 'in_progress'), false) as busy,
            coalesce(o.status in ('failed', 'partial_success') and o."publishedVersionId" = w."activeVersionId", false) as failed,
            exists (select from webhook_entity e where e."workflowId" = w.id) or not exists (
              select from json_array_elements(h.nodes) node
              where node->>'type' = any($1) and node->>'disabled' is distinct from 'true') as open
     from workflow_entity w
     left join workflow_history h on h."versionId" = w."activeVersionId"
     left join workflow_published_version p on p."workflowId" = w.id
     left join lateral (
       select * from workflow_publication_outbox x where x."workflowId" = w.id order by x.id desc limit 1) o on true
     where w."activeVersionId" is not null and not w."isArchived"`,
    [doors],
  )
  return rows.map(({ id, name, reason, current, busy, failed, open }) => ({
    id: String(id),
    name: String(name),
    state: failed ? 'failed' : current && open && !busy ? 'served' : 'waiting',
    reason: String(reason ?? ''),
  }))
}
