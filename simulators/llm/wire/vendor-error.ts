import type { FastifyReply } from 'fastify'
import type { Vendor } from '../brain/model-request.ts'

const anthropicTypes: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'overloaded_error',
  529: 'overloaded_error',
}
const openAiTypes: Record<number, string> = { 429: 'requests', 500: 'server_error', 503: 'server_error' }
const openAiCodes: Record<number, string> = { 429: 'rate_limit_exceeded' }

/** What a status says by itself, for faults that bring no body. */
export const statusMessages: Record<number, string> = {
  429: 'Rate limit reached for requests. Please try again later.',
  500: 'The server had an error while processing your request. Sorry about that!',
  503: 'The engine is currently overloaded, please try again later.',
  529: 'Overloaded',
}

/** OpenAI only: the wrong parameter, the error's code and its type. */
type ErrorDetails = { param?: string; code?: string; type?: string }

/** The error body of a vendor. */
export function vendorError(vendor: Vendor, status: number, message: string, details: ErrorDetails = {}) {
  if (vendor === 'anthropic')
    return {
      type: 'error',
      error: { type: anthropicTypes[status] ?? 'api_error', message },
      request_id: 'req_sim_error',
    }
  return {
    error: {
      message,
      type: details.type ?? openAiTypes[status] ?? 'invalid_request_error',
      param: details.param ?? null,
      code: details.code ?? openAiCodes[status] ?? null,
    },
  }
}

export function sendError(
  reply: FastifyReply,
  vendor: Vendor,
  status: number,
  message: string,
  details?: ErrorDetails,
) {
  return reply
    .code(status)
    .type('application/json')
    .send(vendorError(vendor, status, message, details))
}
