import { type Operation, operations, rehearsalSchema, rehearsedSchema, type Turn } from '@lead/contract'
import type { IExecuteFunctions, IHttpRequestOptions, JsonObject } from 'n8n-workflow'
import { NodeApiError, NodeOperationError } from 'n8n-workflow'

/**
 * One call of the API server. What it is about is kept with the execution, so that people find it by lead and turn.
 * @throws NodeApiError with the server's own reason, NodeOperationError for an answer of another version
 */
export async function callApi(
  context: IExecuteFunctions,
  index: number,
  operation: Operation,
  turn: Turn['turn'] | undefined,
  data: Record<string, unknown>,
) {
  const { baseUrl } = await context.getCredentials<{ baseUrl: string }>('leadProcessingApi', index)
  const { answer } = operations[operation]
  const body = {
    ...data,
    ...(turn && { fencing: turn.fencing, turnId: turn.id, executionId: context.getExecutionId() }),
    ...(operation === 'send' && { action: 'send' }),
  }
  if (turn && !turn.rehearsal)
    context.customData.setAll({ lead: String(turn.leadId), turn: String(turn.id), kind: turn.kind })
  const request: IHttpRequestOptions = {
    method: 'POST',
    url: baseUrl.replace(/\/$/, '') + pathOf(context, index, operation, turn),
    body,
    json: true,
    timeout: 20_000,
  }
  const given: unknown = await context.helpers.httpRequestWithAuthentication
    .call(context, 'leadProcessingApi', request)
    .catch((error: JsonObject) => {
      throw new NodeApiError(context.getNode(), error, { itemIndex: index })
    })
  const checked = answer.safeParse(given)
  const rehearsed = turn?.rehearsal ? rehearsedSchema.safeParse(given).data : {}
  if (!checked.success || !rehearsed) {
    const reason = `The API server's answer to ${operation} is none that this version of the node knows`
    throw new NodeOperationError(context.getNode(), reason, { itemIndex: index })
  }
  const outcome = outcomeOf(operation, checked.data)
  if (turn && !turn.rehearsal && outcome) context.customData.set('outcome', outcome)
  return { ...checked.data, ...rehearsed }
}

/** A rehearsal has addresses of its own: whatever it reports can reach nobody. */
function pathOf(
  context: IExecuteFunctions,
  index: number,
  operation: Operation,
  turn: Turn['turn'] | undefined,
): string {
  if (turn?.rehearsal) return `/rehearsals/${turn.rehearsal}/${operation}`
  const { path } = operations[operation]
  if (operation === 'rehearse')
    return path.replace('{rehearsal}', rehearsalSchema.parse(context.getNodeParameter('rehearsal', index)))
  return path.replace('{turn}', encodeURIComponent(String(turn?.id ?? '')))
}

/** What became of the turn, as far as this report tells. */
function outcomeOf(operation: Operation, answer: Record<string, unknown>): string | null {
  if (operation === 'complete') return answer['done'] === true ? 'done' : 'superseded'
  if (operation === 'fail') return 'given back'
  if (operation === 'journal') return String(answer['outcome'])
  return null
}
