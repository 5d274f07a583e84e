import { ownerEmail } from '../../local/n8n/n8n.ts'
import type { Config } from '../../local/settings/config.ts'

type Node = { id: string; name: string; parameters: Record<string, unknown> }
export type EditorWorkflow = {
  id: string
  name: string
  versionId: string
  nodes: Node[]
  connections: object
  settings: object
}

/** What n8n's editor asks n8n's server for, as its owner. */
export async function openSession(n8n: string, config: Config, cookie?: string) {
  const browserId = 'a-browser-of-a-test'
  let cookies = cookie ?? ''
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${n8n}/rest${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie: cookies },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0])
    if (set.length > 0) cookies = set.join('; ')
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { data: Answer }).data
  }
  if (!cookie)
    await ask('POST', '/login', {
      emailOrLdapLoginId: ownerEmail(config),
      password: config.settings.N8N_BASIC_AUTH_PASSWORD,
    })
  const read = (id: string) => ask<EditorWorkflow>('GET', `/workflows/${id}`)
  return {
    cookie: () => cookies,
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
    unpublish: (id: string) => ask('POST', `/workflows/${id}/deactivate`),
  }
}
