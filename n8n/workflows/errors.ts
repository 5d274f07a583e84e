import { workflow } from '@n8n/workflow-sdk'
import { at, errorTrigger, leadApi, note } from './nodes.ts'

/** Tells the API about executions that died. Only for people to see: the lease of the turn is what brings it back. */
export function errors() {
  const failed = errorTrigger('An execution failed', { position: at(0, 1) })
  const report = leadApi('Report it', 'reportError', {
    position: at(1, 1),
    data: '={{ { execution: { id: $json.execution?.id, lastNode: $json.execution?.lastNodeExecuted, message: $json.execution?.error?.message ?? $json.trigger?.error?.message }, workflow: $json.workflow?.name } }}',
  })
  return workflow('leadErrors000001', 'errors', { executionOrder: 'v1' })
    .add(
      note(
        'About errors',
        '## Executions that died\nReported to the API for the audit log, once per execution id.',
        {
          column: 0,
          row: 0,
          columns: 2,
          rows: 0.8,
        },
      ),
    )
    .add(failed)
    .add(report)
    .connect(failed, 0, report, 0)
}
