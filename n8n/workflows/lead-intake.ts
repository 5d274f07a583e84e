import { workflow } from '@n8n/workflow-sdk'
import { at, hookIntake, note, respond, webhook } from './nodes.ts'

/**
 * The door for amoCRM's webhooks. No expression anywhere: each would cost a hook its own isolate. The answer is given
 * when the API has stored the raw body, so a 2xx means that the event is safe.
 */
export function leadIntake() {
  const hook = webhook('amoCRM hook', {
    position: at(0, 1),
    webhookId: 'lead-intake',
    parameters: {
      httpMethod: 'POST',
      path: 'amocrm/:secret',
      responseMode: 'responseNode',
      options: { rawBody: true },
    },
  })
  const store = hookIntake('Store the raw hook', { position: at(1, 1) })
  const stored = respond('Stored', 200, { position: at(2, 0.5) })
  const refused = respond('Refused', 403, { position: at(2, 1.5) })

  return workflow('leadIntake000001', 'lead-intake', {
    executionOrder: 'v1',
    errorWorkflow: 'leadErrors000001',
    saveDataSuccessExecution: 'none',
  } as Parameters<typeof workflow>[2])
    .add(
      note(
        'About the intake',
        '## amoCRM → durable inbox\nThe webhook address ends with the secret of `AMOCRM_WEBHOOK_SECRET`. The raw body is stored by the API server; amoCRM gets its 200 only then. What the hook means is worked out later, from the stored event.',
        { column: 0, row: -0.5, columns: 3, rows: 1 },
      ),
    )
    .add(hook)
    .add(store)
    .add(stored)
    .add(refused)
    .connect(hook, 0, store, 0)
    .connect(store, 0, stored, 0)
    .connect(store, 1, refused, 0)
}
