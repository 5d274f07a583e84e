import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Vendor } from '../brain/model-request.ts'
import { sendError } from './vendor-error.ts'

/** Validates a request's body; on a bad one answers the vendor's 400, naming the field, and returns undefined. */
export function parseBody<Schema extends z.ZodType>(
  vendor: Vendor,
  schema: Schema,
  request: FastifyRequest,
  reply: FastifyReply,
): z.output<Schema> | undefined {
  const result = schema.safeParse(request.body ?? {})
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  const missing = valueAt(request.body, issue?.path ?? []) === undefined
  if (vendor === 'anthropic')
    void sendError(reply, vendor, 400, `${field || 'body'}: ${missing ? 'Field required' : issue?.message}`)
  else
    void sendError(
      reply,
      vendor,
      400,
      missing ? `Missing required parameter: '${field}'.` : `Invalid value for '${field}': ${issue?.message}`,
      { param: field, code: missing ? 'missing_required_parameter' : 'invalid_value' },
    )
  return undefined
}

function valueAt(body: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  )
}
