import type { ModelCall, Turn } from '@lead/contract'
import type { IExecuteFunctions, ISupplyDataFunctions } from 'n8n-workflow'
import { callApi } from './call-api.ts'

/** Tells the API how a call of a model ended. Of a rehearsal nothing is kept; and the answer counts more than the note of it. */
export async function reportCall(
  context: IExecuteFunctions | ISupplyDataFunctions,
  index: number,
  turn: Turn['turn'],
  call: ModelCall,
): Promise<void> {
  if (turn.rehearsal) return
  await callApi(context, index, 'modelCall', turn, { call }).catch((error: unknown) =>
    context.logger.warn(`A call of a model was not reported: ${String(error)}`),
  )
}
