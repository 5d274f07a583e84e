import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendError } from './vendor-error.ts'
import { vendorOf } from './vendor-of.ts'

/** Accepts any key except none and `bad_key`; answers 401 in the vendor's shape itself. */
export async function checkKey(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (vendorOf(request) === 'anthropic') {
    const key = request.headers['x-api-key'] || bearer
    if (!key) await sendError(reply, 'anthropic', 401, 'x-api-key header is required')
    else if (key === 'bad_key') await sendError(reply, 'anthropic', 401, 'invalid x-api-key')
    return
  }
  if (!bearer)
    await sendError(
      reply,
      'openai',
      401,
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
    )
  else if (bearer === 'bad_key')
    await sendError(reply, 'openai', 401, `Incorrect API key provided: ${bearer}.`, {
      code: 'invalid_api_key',
    })
}
