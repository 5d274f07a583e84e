import { workflow } from '@n8n/workflow-sdk'
import { at, hookTrigger, keepNothing, note, whenNodesAreMissing } from './nodes.ts'

/**
 * The door for amoCRM's webhooks: one node, which stores the raw body in the API while the request is open. A 2xx means that
 * the event is safe. No execution begins, so nothing of a hook is kept in n8n.
 */
export function leadIntake() {
  const hook = hookTrigger('amoCRM hook', { position: at(0, 1) })
  const flow = workflow('leadIntake000001', 'lead-intake', {
    executionOrder: 'v1',
    errorWorkflow: 'leadErrors000001',
    ...keepNothing,
  } as Parameters<typeof workflow>[2])
    .add(
      note(
        'About the intake',
        '# amoCRM → durable inbox\n## The address ends with AMOCRM_WEBHOOK_SECRET\nThe webhook address ends with the secret of `AMOCRM_WEBHOOK_SECRET`. The API server checks it and stores the raw body; amoCRM gets its 200 only then. What the hook means is worked out later, from the stored event.\n\nNo execution starts and none is listed: a stranger can fill nothing here. To act on new leads, use *lead-processing*. Set-up: the credential *Lead Processing API*; `npm run amocrm -- subscribe` tells amoCRM the address.' +
          whenNodesAreMissing,
        { column: -0.25, row: -1.1, columns: 4, rows: 3.5 },
      ),
    )
    .add(hook)
  // The SDK gives the first part of the address to n8n's own webhook nodes only.
  const toJSON = () => {
    const json = flow.toJSON()
    const nodes = json.nodes.map((node) =>
      node.name === hook.name ? { ...node, webhookId: 'lead-intake' } : node,
    )
    return { ...json, nodes }
  }
  return { toJSON }
}
