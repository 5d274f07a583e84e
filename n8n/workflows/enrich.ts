import { workflow } from '@n8n/workflow-sdk'
import {
  at,
  credentials,
  leadApi,
  lookUpElsewhere,
  meet,
  note,
  webhook,
  whenNodesAreMissing,
} from './nodes.ts'

/**
 * What can be known of a lead's company before the first message. The API asks at most once per lead and waits no longer than `withinSec`; an
 * answer that is late, broken or missing changes nothing but that.
 */
export function enrich() {
  const asked = webhook('Question from the API', {
    position: at(0, 1),
    webhookId: 'enrich',
    parameters: {
      httpMethod: 'POST',
      path: 'enrich',
      authentication: 'jwtAuth',
      responseMode: 'onReceived',
      options: {},
    },
    credentials: { jwtAuth: credentials.turnWebhook },
  })
  const turn = meet('Turn', { position: at(1, 1) })
  const service = lookUpElsewhere('Ask the look-up service', { position: at(2, 1) })
  const report = leadApi('Report what was found', 'enrich', {
    position: at(3, 1),
    data: '={{ { facts: $json.facts ?? $json.error ?? null } }}',
  })
  return workflow('leadEnrich000001', 'enrich', {
    executionOrder: 'v1',
    errorWorkflow: 'leadErrors000001',
    executionTimeout: 60,
  } as Parameters<typeof workflow>[2])
    .add(
      note(
        'About enrich',
        '# Facts before the first message\n## Off until `enrich:` in config/business.yaml names a service\nThe service gets title, source, e-mail domain and language: no name, phone or e-mail. It answers `{ "facts": [{ "name", "value", "source" }] }`, at most 12. Add look-ups of your own between *Turn* and the report. Late or broken: the first message goes without. Set-up: the credentials *Lead Processing API* and *Turn webhook*.' +
          whenNodesAreMissing,
        { column: -0.25, row: -1.3, columns: 4.2, rows: 3.7 },
      ),
    )
    .add(asked)
    .add(turn)
    .add(service)
    .add(report)
    .connect(asked, 0, turn, 0)
    .connect(turn, 0, service, 0)
    .connect(service, 0, report, 0)
}
