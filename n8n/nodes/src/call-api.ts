import { type Operation, operations, rehearsalSchema, rehearsedSchema, type Turn } from '@lead/contract'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IExecuteFunctions, IHttpRequestOptions, ISupplyDataFunctions, JsonObject } from 'n8n-workflow'
import { NodeApiError, NodeOperationError } from 'n8n-workflow'
import { thisProcess } from './stay-connected.ts'

type Context = IExecuteFunctions | ISupplyDataFunctions

const awayMs = 3000
const againMs = 300

/**
 * One call of the API server. What it is about is kept with the execution, so that people find it by lead and turn.
 * @throws NodeApiError with the server's own reason, NodeOperationError for an answer of another version
 */
export async function callApi(
  context: Context,
  index: number,
  operation: Operation,
  turn: Turn['turn'] | undefined,
  data: Record<string, unknown>,
) {
  const { answer } = operations[operation]
  const body = {
    ...data,
    ...(turn && {
      fencing: turn.fencing,
      turnId: turn.id,
      executionId: context.getExecutionId(),
      workflowId: context.getWorkflow().id ?? null,
      n8nProcess: thisProcess,
    }),
    ...(operation === 'send' && { action: 'send' }),
    // What the clock executes once a minute shows that executions run; what a person executes runs elsewhere.
    ...(operation === 'planSync' && context.getMode() !== 'manual' && { n8nProcess: thisProcess }),
  }
  if (turn && !turn.rehearsal)
    context.customData.setAll({ lead: String(turn.leadId), turn: String(turn.id), kind: turn.kind })
  const request: IHttpRequestOptions = {
    method: 'POST',
    // Its address and its token are one credential, which each reading costs n8n a look into its database: it is read where the token is added.
    url: pathOf(context, index, operation, turn),
    body,
    json: true,
    timeout: 20_000,
  }
  const ask = (): Promise<unknown> =>
    context.helpers.httpRequestWithAuthentication.call(context, 'leadProcessingApi', request)
  const given = await whileAway(ask).catch((error: JsonObject) => {
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

/** A server that restarts is back within a second or two; each report may be made again. What takes longer is the node's own retry. */
async function whileAway(ask: () => Promise<unknown>): Promise<unknown> {
  const until = Date.now() + awayMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!isAway(error) || Date.now() > until) throw error
      await sleep(againMs)
    }
  }
}

/** No answer, or a proxy's own. n8n has the status, or the word for a broken connection, under one of several names. */
function isAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { httpCode, statusCode, status, code } = error as Record<string, unknown>
  const said = Number(httpCode ?? statusCode ?? status ?? code)
  return Number.isNaN(said) || (said >= 502 && said <= 504)
}

/** A rehearsal has addresses of its own: whatever it reports can reach nobody. */
function pathOf(
  context: Context,
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
  if (operation === 'act')
    return answer['next'] === 'done' ? 'done' : answer['next'] === 'stop' ? 'superseded' : null
  if (operation === 'fail') return 'given back'
  if (operation === 'journal') return String(answer['outcome'])
  return null
}
