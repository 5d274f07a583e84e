import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { n8nConnected, n8nDisconnected } from '../../turns/n8n-processes.ts'
import type { Server } from '../server-type.ts'

/** A machine that vanished does not end its connections; writing to it does, in the end. */
const beatMs = 20_000

/**
 * Each process of n8n that runs our nodes holds one connection here for as long as it lives. The kernel ends the connections of a process
 * that dies, and not those of one that is only busy: so a death is known at once, and none is only feared.
 */
export function addN8nProcesses(server: Server, app: App): void {
  const open = new Map<string, ServerResponse>()
  let isEnding = false
  // One after another: a process that comes back is not lost by the end of its older connection.
  let noting: Promise<void> = Promise.resolve()
  const note = (work: () => Promise<void>): Promise<void> => {
    noting = noting.then(work).catch((error: unknown) => {
      app.log.warn(
        { err: error },
        'The connection of a process of n8n was not noted; its turns have their leases',
      )
    })
    return noting
  }
  server.addHook('preClose', async () => {
    // They come to another process of the API, or to this one when it is back: none of them died.
    isEnding = true
    for (const stream of open.values()) stream.end()
  })

  server.get(
    '/n8n/processes/:id',
    {
      schema: {
        summary: 'Held open by a process of n8n while it lives: its end is the end of the process',
        security: [{ token: [] }],
        params: z.object({ id: z.uuid() }),
      },
    },
    async ({ params: { id } }, reply) => {
      reply.hijack()
      const stream = reply.raw
      const before = open.get(id)
      open.set(id, stream)
      before?.destroy()
      stream.writeHead(200, {
        'content-type': 'text/plain',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      stream.write('\n')
      const beat = setInterval(() => stream.write('\n'), beatMs)
      const closed = () => {
        clearInterval(beat)
        if (open.get(id) !== stream) return
        open.delete(id)
        if (!isEnding) void note(() => n8nDisconnected(app, id))
      }
      await note(() => n8nConnected(app, id))
      // Who left meanwhile is not heard leaving any more.
      if (stream.destroyed) return closed()
      stream.on('close', closed)
      if (isEnding) stream.end()
    },
  )
}
