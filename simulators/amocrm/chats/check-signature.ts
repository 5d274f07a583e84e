import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ChatError } from './chat-error.ts'
import { md5Of, requestSignature } from './signature.ts'

const windowMs = 15 * 60_000

/** @throws ChatError 403 when the signature, the MD5 of the body or the date (15 minutes) is not right */
export function checkSignature(request: FastifyRequest, body: Buffer, secret: string): void {
  const header = (name: string) => String(request.headers[name] ?? '')
  const refuse = (why: string) => new ChatError(403, 'ORIGIN_INVALID_SIGNATURE', why)
  const md5 = header('content-md5')
  if (md5 !== md5Of(body)) throw refuse('invalid content md5')
  const at = Date.parse(header('date'))
  if (!(Math.abs(Date.now() - at) <= windowMs)) throw refuse('invalid date')
  const wanted = requestSignature(
    {
      method: request.method,
      md5,
      contentType: header('content-type'),
      date: header('date'),
      path: request.url.split('?')[0] ?? '',
    },
    secret,
  )
  const given = Buffer.from(header('x-signature'))
  if (given.length !== wanted.length || !timingSafeEqual(given, Buffer.from(wanted)))
    throw refuse('invalid signature')
}
