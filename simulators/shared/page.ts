import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Serves a simulator's page: `/` is `index.html` of `folder`, `/page/<name>` a file beside it, `/page/base.css` and
 * `/page/base.js` what all pages share. Only the given names exist, so no path can lead outside.
 */
export function addPage(app: FastifyInstance, folder: string, names: string[]): void {
  const shared = join(import.meta.dirname, 'page')
  const serve = (path: string, file: string) =>
    app.get(path, (_request, reply) =>
      reply
        .type(types[extname(file)] ?? 'application/octet-stream')
        .header('cache-control', 'no-cache')
        .send(readFileSync(file)),
    )
  serve('/', join(folder, 'index.html'))
  for (const name of ['base.css', 'base.js']) serve(`/page/${name}`, join(shared, name))
  for (const name of names) serve(`/page/${name}`, join(folder, name))
}
