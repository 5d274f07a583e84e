import type { Schema } from '@lead/contract'
import type { IExecuteFunctions, ISupplyDataFunctions } from 'n8n-workflow'
import { NodeOperationError } from 'n8n-workflow'

/**
 * A JSON parameter of a node, checked: it arrives as text when typed by hand and as a value from an expression; empty is null.
 * @throws NodeOperationError that names the parameter and each wrong field in it
 */
export function readParameter<Value>(
  context: IExecuteFunctions | ISupplyDataFunctions,
  name: string,
  itemIndex: number,
  schema: Schema<Value>,
): Value {
  return check(context, name, itemIndex, schema, toValue(context, name, itemIndex))
}

/** The same, but for a parameter that is left empty: then `find` says what it is. */
export function readOrFind<Value>(
  context: IExecuteFunctions | ISupplyDataFunctions,
  name: string,
  itemIndex: number,
  schema: Schema<Value>,
  find: () => unknown,
): Value {
  const given: unknown = context.getNodeParameter(name, itemIndex, null)
  const isEmpty = typeof given === 'string' && given.trim() === ''
  return check(context, name, itemIndex, schema, isEmpty ? find() : toValue(context, name, itemIndex))
}

function check<Value>(
  context: IExecuteFunctions | ISupplyDataFunctions,
  name: string,
  itemIndex: number,
  schema: Schema<Value>,
  value: unknown,
): Value {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${[name, ...path].join('.')}: ${message}`)
  throw new NodeOperationError(context.getNode(), problems.join('; '), { itemIndex })
}

function toValue(
  context: IExecuteFunctions | ISupplyDataFunctions,
  name: string,
  itemIndex: number,
): unknown {
  const value: unknown = context.getNodeParameter(name, itemIndex, null)
  if (typeof value !== 'string') return value ?? null
  if (value.trim() === '') return null
  try {
    return JSON.parse(value)
  } catch {
    throw new NodeOperationError(context.getNode(), `${name} is not JSON`, { itemIndex })
  }
}
