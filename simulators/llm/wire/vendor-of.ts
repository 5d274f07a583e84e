import type { FastifyRequest } from 'fastify'
import type { Vendor } from '../brain/model-request.ts'

/** Both vendors have GET /v1/models; only Anthropic's clients send these headers. */
export function vendorOf(request: FastifyRequest): Vendor {
  const anthropic =
    request.url.startsWith('/v1/messages') ||
    'anthropic-version' in request.headers ||
    'x-api-key' in request.headers
  return anthropic ? 'anthropic' : 'openai'
}
