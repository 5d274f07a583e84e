import type { FastifyReply, FastifyRequest } from 'fastify'
import { globSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

const folder = join(import.meta.dirname, '../../../../console/dist')

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}
const alreadySmall = new Set(['.png', '.woff2'])

/** The page runs its own files and talks to its own server, and nothing else; no script or style stands in the page itself. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

type PageFile = { type: string; plain: Buffer; zipped: Buffer | null }

/** The built files of the console; they are few and small, and are kept in memory. */
function readFiles(): Map<string, PageFile> {
  const names = globSync('**/*.*', { cwd: folder })
  return new Map(
    names.map((name) => {
      const plain = readFileSync(join(folder, name))
      const extension = extname(name)
      const zipped = alreadySmall.has(extension) ? null : gzipSync(plain)
      return [
        name.replaceAll('\\', '/'),
        { type: types[extension] ?? 'application/octet-stream', plain, zipped },
      ]
    }),
  )
}

/** The console: one page at `/` and wherever its own addresses lead, `/app/...`, and the files that it is made of. */
export function addConsolePage(server: Server): void {
  const files = readFiles()
  const hide = { schema: { hide: true } }

  function send(request: FastifyRequest, reply: FastifyReply, name: string): FastifyReply {
    const file = files.get(name)
    if (!file) throw new Problem('not-found', 'The console is not built: npm run build')
    const zipped =
      file.zipped && /\bgzip\b/.test(String(request.headers['accept-encoding'])) ? file.zipped : null
    // What is in assets/ has a hash of its content in its name.
    const forGood = name.startsWith('assets/')
    void reply
      .header('content-type', file.type)
      .header('vary', 'accept-encoding')
      .header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (name === 'index.html')
      void reply
        .header('content-security-policy', policy)
        .header('cross-origin-opener-policy', 'same-origin')
        .header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
    // It asks for the files of the page, and for nothing else.
    if (name === 'sw.js')
      void reply.header('content-security-policy', "default-src 'none'; connect-src 'self'")
    if (zipped) void reply.header('content-encoding', 'gzip')
    return reply.send(zipped ?? file.plain)
  }

  for (const address of ['/', '/app', '/app/*'])
    server.get(address, hide, (request, reply) => send(request, reply, 'index.html'))
  for (const name of files.keys())
    if (!name.endsWith('.html')) server.get(`/${name}`, hide, (request, reply) => send(request, reply, name))
}
