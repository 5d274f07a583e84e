import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type SignedRequest = {
  method: 'GET' | 'POST' | 'DELETE'
  /** Without host and query. */
  path: string
  /** The exact bytes that are sent; empty for GET. */
  body: string
  date: Date
}

const contentType = 'application/json'

/** The headers that amoCRM's Chats API wants: an HMAC-SHA1 over method, MD5 of the body, type, date and path. Valid for 15 minutes. */
export function signRequest(
  { method, path, body, date }: SignedRequest,
  secret: string,
): Record<string, string> {
  const md5 = createHash('md5').update(body).digest('hex')
  const when = date.toUTCString().replace('GMT', '+0000')
  const text = [method, md5, contentType, when, path].join('\n')
  return {
    date: when,
    'content-type': contentType,
    'content-md5': md5,
    'x-signature': createHmac('sha1', secret).update(text).digest('hex'),
  }
}

/** Whether a hook of the Chats API is from amoCRM: the signature is over the raw body, or over the body without trailing newlines. */
export function isSignedHook(body: Buffer, signature: string, secret: string): boolean {
  const given = Buffer.from(signature.toLowerCase())
  return [body, Buffer.from(body.toString('utf8').replace(/[\r\n]+$/, ''))].some((bytes) => {
    const wanted = Buffer.from(createHmac('sha1', secret).update(bytes).digest('hex'))
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}
