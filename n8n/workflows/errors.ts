import { workflow } from '@n8n/workflow-sdk'
import { at, errorTrigger, leadApi, note, whenNodesAreMissing } from './nodes.ts'

/** Tells the API about executions that died. Only for people to see: the lease of the turn is what brings it back. */
export function errors() {
  const failed = errorTrigger('An execution failed', { position: at(0, 1) })
  const report = leadApi('Report it', 'reportError', {
    position: at(1, 1),
    data: '={{ { mode: $json.execution?.mode, execution: { id: $json.execution?.id, lastNode: $json.execution?.lastNodeExecuted, message: $json.execution?.error?.message ?? $json.trigger?.error?.message }, workflow: $json.workflow?.name } }}',
  })
  return workflow('leadErrors000001', 'errors', { executionOrder: 'v1' })
    .add(
      note(
        'About errors',
        '# Executions that died\n## Reported to the API, once each\nBegun by n8n when an execution of ours fails. Execute it by hand as you like: n8n sends an example, which is not stored. Set-up: the credential *Lead Processing API*, and this workflow as *Error workflow* in the settings of the others.' +
          whenNodesAreMissing,
        {
          column: -0.25,
          row: -1.1,
          columns: 3.2,
          rows: 3.5,
        },
      ),
    )
    .add(failed)
    .add(report)
    .connect(failed, 0, report, 0)
}
