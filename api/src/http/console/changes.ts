import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { canGoOn, newestChange, openChangeFeed, type ReadUpTo } from '../../console/follow-changes.ts'
import { findSession } from '../../console/sessions.ts'
import { scopeOf, visibleLeads } from '../../console/visible-lead.ts'
import type { Server } from '../server-type.ts'
import { forPeople } from './describe-route.ts'
import { userOf } from './guard.ts'
import { readSessionCookie } from './session-cookie.ts'

/** Below every proxy's patience; and so soon does a stream end whose session did. */
const beatMs = 10_000
/** A reader that takes nothing for so much is gone: the browser comes back and goes on after its last id. */
const mostWaitingBytes = 1_000_000

const idPattern = /^(\d{1,19})-(\d{1,16})$/
const textOf = ({ tx, id }: ReadUpTo) => `${tx}-${id}`

function placeOf(text: string | undefined): ReadUpTo | null {
  const [, tx, id] = idPattern.exec(text ?? '') ?? []
  return tx !== undefined && id !== undefined ? { tx, id: Number(id) } : null
}

/**
 * Server-sent events: which leads changed, and what of them. Each event has an id; a browser that was away says the last one it had and
 * gets what came since. `beat` says every ten seconds that the line is whole: a network may swallow everything and never say so. `hello` says where a new stream begins, or (`stale`) that too much was missed and all must be read anew.
 */
export function addChanges(server: Server, app: App): void {
  const feed = openChangeFeed(app)
  const open = new Set<ServerResponse>()
  let isEnding = false
  server.addHook('preClose', async () => {
    isEnding = true
    feed.close()
    for (const stream of open) stream.end()
  })

  server.get(
    '/console/changes',
    {
      schema: {
        ...forPeople(
          'Server-sent events: which leads changed. `Last-Event-ID` or `after` goes on where a stream ended',
        ),
        querystring: z.object({ after: z.string().regex(idPattern).optional() }),
      },
    },
    async (request, reply) => {
      const user = userOf(request)
      const scope = scopeOf(app, user)
      const token = readSessionCookie(request)
      const last = placeOf(request.headers['last-event-id']?.toString()) ?? placeOf(request.query.after)
      const canResume = last !== null && (await canGoOn(app.db, last))
      const from = canResume ? last : await newestChange(app.db)

      reply.hijack()
      const stream = reply.raw
      // Who left while the database was asked is not heard leaving any more, and would be served for ever.
      if (stream.destroyed) return
      stream.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      })
      open.add(stream)
      const say = (text: string) => {
        if (stream.writableLength > mostWaitingBytes) stream.destroy()
        else if (!stream.writableEnded) stream.write(text)
      }
      const hello = { stale: last !== null && !canResume }
      say(`retry: 1000\nid: ${textOf(from)}\nevent: hello\ndata: ${JSON.stringify(hello)}\n\n`)
      // The streams of then were ended already; this browser comes back and goes on at another process.
      if (isEnding) return void stream.end()

      let saying: Promise<void> = Promise.resolve()
      const unfollow = feed.follow(from, (changes) => {
        saying = saying
          .then(async () => {
            const visible = await visibleLeads(app.db, scope, [
              ...new Set(changes.map(({ leadId }) => leadId)),
            ])
            const end = changes.at(-1)
            if (!end) return
            const shown = changes.filter(({ leadId }) => visible.has(leadId))
            const data = shown.map(({ leadId, kind }) => ({ leadId, kind }))
            say(`id: ${textOf(end)}\nevent: changes\ndata: ${JSON.stringify(data)}\n\n`)
          })
          // The browser comes back and goes on where it was.
          .catch(() => void stream.destroy())
      })
      const beat = setInterval(() => {
        findSession(app.db, token ?? '')
          .then((found) => {
            if (!found || found.role !== user.role) stream.end()
            else say('event: beat\ndata: {}\n\n')
          })
          .catch(() => {})
      }, beatMs)
      stream.on('close', () => {
        clearInterval(beat)
        unfollow()
        open.delete(stream)
      })
    },
  )
}
