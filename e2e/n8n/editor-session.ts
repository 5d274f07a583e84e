import { createRequire } from 'node:module'
import { join } from 'node:path'
import { n8nRuntime } from '../../local/n8n/n8n-install.ts'
import { openOwnerSession } from '../../local/n8n/owner-session.ts'
import type { Config } from '../../local/settings/config.ts'
import { until } from '../system.ts'

/** n8n packs what an execution did; this is what it unpacks it with. */
const { parse } = createRequire(join(n8nRuntime, 'package.json'))('flatted') as {
  parse: (text: string) => unknown
}

type Node = { id: string; name: string; parameters: Record<string, unknown> }
export type EditorWorkflow = {
  id: string
  name: string
  versionId: string
  nodes: Node[]
  connections: object
  settings: object
}

type Execution = {
  resultData: {
    runData: Record<string, { data?: { main?: ({ json: unknown }[] | null)[] } }[]>
    error?: { message: string }
  }
}

/** What n8n's editor asks n8n's server for, as its owner. */
export async function openSession(n8n: string, config: Config, cookie?: string) {
  const { ask, cookie: cookies } = await openOwnerSession(n8n, config, cookie)
  const read = (id: string) => ask<EditorWorkflow>('GET', `/workflows/${id}`)
  /** Executes a workflow by hand from one of its triggers. @returns the last answer of each node that ran @throws its error */
  const execute = async (workflow: EditorWorkflow, trigger: string): Promise<Record<string, unknown>> => {
    const { executionId } = await ask<{ executionId: string }>('POST', `/workflows/${workflow.id}/run`, {
      workflowData: workflow,
      triggerToStartFrom: { name: trigger },
    })
    const done = await until(
      `${workflow.name} has run`,
      async () => {
        const execution = await ask<{ status: string; data: string }>('GET', `/executions/${executionId}`)
        return ['success', 'error', 'crashed'].includes(execution.status) ? execution : undefined
      },
      180,
    )
    const { resultData } = parse(done.data) as Execution
    if (done.status !== 'success') throw new Error(resultData.error?.message ?? done.status)
    return Object.fromEntries(
      Object.entries(resultData.runData).map(([name, runs]) => [
        name,
        runs.at(-1)?.data?.main?.flat()[0]?.json,
      ]),
    )
  }
  return {
    execute,
    ask,
    cookie: cookies,
    whoAmI: () => ask<{ email: string }>('GET', '/login'),
    read,
    /** Saves what `change` made of the workflow, as the editor does. */
    async save(id: string, change: (workflow: EditorWorkflow) => void): Promise<EditorWorkflow> {
      const { versionId, name, nodes, connections, settings } = await read(id)
      const workflow = { id, versionId, name, nodes, connections, settings }
      change(workflow)
      return ask('PATCH', `/workflows/${id}`, workflow)
    },
    publish: ({ id, versionId }: EditorWorkflow) => ask('POST', `/workflows/${id}/activate`, { versionId }),
    /** Executes a Code node by hand, in a workflow of its own that stays unpublished. @returns its first item */
    async runCode(jsCode: string): Promise<unknown> {
      const begin = { id: 'begin', name: 'Begin', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 }
      const code = { id: 'code', name: 'Code', type: 'n8n-nodes-base.code', typeVersion: 2 }
      const workflow = await ask<EditorWorkflow>('POST', '/workflows', {
        name: 'A Code node',
        nodes: [
          { ...begin, position: [0, 0], parameters: {} },
          { ...code, position: [240, 0], parameters: { jsCode } },
        ],
        connections: { Begin: { main: [[{ node: 'Code', type: 'main', index: 0 }]] } },
        settings: {},
      })
      return (await execute(workflow, 'Begin'))['Code']
    },
    unpublish: (id: string) => ask('POST', `/workflows/${id}/deactivate`),
  }
}
