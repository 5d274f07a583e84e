import type { Operation } from '@lead/contract'
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow'
import { readClassifier, readFreeTimes } from './read-before.ts'

const longestError = 500

/** What a step reports when nobody says it: what the nodes before it have put out. */
export function whatToReport(
  context: IExecuteFunctions,
  index: number,
  operation: Operation,
): Record<string, unknown> {
  const input = context.getInputData()[index]?.json ?? {}
  if (operation === 'journal') return proposalOf(context, index, input)
  if (operation === 'act' || operation === 'calendar') return answerOfGoogle(input)
  return {}
}

function proposalOf(context: IExecuteFunctions, index: number, { output }: IDataObject) {
  const { offers, wishFree, notFree, wishUnclear, plan } = readFreeTimes(context, index) ?? {}
  const classification = readClassifier(context, index)?.['output'] ?? null
  return { classification, sales: output, offers, wishFree, notFree, wishUnclear, plan }
}

/** No answer at all is an answer too: the API knows what it means for the booking. Before the first request there is none. */
function answerOfGoogle({ error, statusCode, body }: IDataObject): Record<string, unknown> {
  if (error !== undefined) return { answer: { status: 0, error: textOf(error).slice(0, longestError) } }
  return statusCode === undefined ? {} : { answer: { status: statusCode, body } }
}

const textOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
