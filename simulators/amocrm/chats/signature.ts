import { createHash, createHmac } from 'node:crypto'

type Signed = { method: string; md5: string; contentType: string; date: string; path: string }

/** `X-Signature` of a request to the Chats API; `path` is without host and query. */
export const requestSignature = ({ method, md5, contentType, date, path }: Signed, secret: string): string =>
  createHmac('sha1', secret).update([method, md5, contentType, date, path].join('\n')).digest('hex')

/** `X-Signature` of a hook of the Chats API: over the exact body. */
export const hookSignature = (body: string, secret: string): string =>
  createHmac('sha1', secret).update(body).digest('hex')

/** `Content-MD5` as this API wants it: lowercase hex. */
export const md5Of = (body: string | Buffer): string => createHash('md5').update(body).digest('hex')
