import type { OwnerSession } from '../../local/n8n/owner-session.ts'
import {
  classifierEvaluation,
  evaluationColumns,
  evaluationName,
} from '../../n8n/workflows/classifier-evaluation.ts'
import type { EvaluationRow } from './evaluation-rows.ts'

type Table = { id: string; name: string }
type Workflow = { id: string; name: string }

/** n8n gives so many rows at once, and takes so many. */
const rowsAtOnce = 100

export type BroughtEvaluation = { workflowId: string; tableId: string; added: number; kept: number }

/**
 * Brings the data table and the workflow of the evaluation into n8n. May be repeated: rows and a workflow that are there stay as they are, for
 * people may have added to them; only labels that the table lacks are added.
 * @param replace the table is made anew, with our rows alone
 */
export async function bringEvaluation(
  { ask }: OwnerSession,
  rows: EvaluationRow[],
  { replace }: { replace: boolean },
): Promise<BroughtEvaluation> {
  const { id: project } = await ask<{ id: string }>('GET', '/projects/personal')
  const tables = `/projects/${project}/data-tables`
  const filter = encodeURIComponent(JSON.stringify({ name: evaluationName }))
  const { data: found } = await ask<{ data: Table[] }>('GET', `${tables}?take=100&filter=${filter}`)
  let table = found.find(({ name }) => name === evaluationName)
  const before = table?.id
  if (table && replace) {
    await ask('DELETE', `${tables}/${table.id}`)
    table = undefined
  }
  const known = table ? await labelsIn(ask, `${tables}/${table.id}`) : new Set<string>()
  table ??= await ask<Table>('POST', tables, {
    name: evaluationName,
    columns: evaluationColumns.map((name) => ({ name, type: 'string' })),
  })
  const missing = rows.filter(({ label }) => !known.has(label))
  for (let from = 0; from < missing.length; from += rowsAtOnce)
    await ask('POST', `${tables}/${table.id}/insert`, {
      data: missing.slice(from, from + rowsAtOnce),
      returnType: 'count',
    })
  const workflowId = await bringWorkflow(ask, table.id, before)
  return { workflowId, tableId: table.id, added: missing.length, kept: known.size }
}

async function labelsIn(ask: OwnerSession['ask'], table: string): Promise<Set<string>> {
  const labels = new Set<string>()
  for (let skip = 0; ; skip += rowsAtOnce) {
    const { data } = await ask<{ data: { label: string | null }[] }>(
      'GET',
      `${table}/rows?take=${rowsAtOnce}&skip=${skip}`,
    )
    for (const { label } of data) labels.add(label ?? '')
    if (data.length < rowsAtOnce) return labels
  }
}

/** A workflow that is there keeps what people made of it, and reads the table that there is now. */
async function bringWorkflow(
  ask: OwnerSession['ask'],
  table: string,
  before: string | undefined,
): Promise<string> {
  const made = classifierEvaluation(table).toJSON()
  const filter = encodeURIComponent(JSON.stringify({ name: evaluationName }))
  const list = await ask<Workflow[]>('GET', `/workflows?filter=${filter}`)
  const there = list.find(({ name }) => name === evaluationName)
  if (!there) {
    const { nodes, connections, settings, name } = made
    return (await ask<Workflow>('POST', '/workflows', { name, nodes, connections, settings })).id
  }
  if (before !== undefined && before !== table) {
    const { versionId, name, nodes, connections, settings } = await ask<{
      versionId: string
      name: string
      nodes: unknown
      connections: unknown
      settings: unknown
    }>('GET', `/workflows/${there.id}`)
    const moved: unknown = JSON.parse(JSON.stringify(nodes).replaceAll(before, table))
    await ask('PATCH', `/workflows/${there.id}`, { versionId, name, nodes: moved, connections, settings })
  }
  return there.id
}
