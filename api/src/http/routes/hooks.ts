import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { faultPoint } from '../../fault-point.ts'
import { parseHook } from '../../amocrm/parse-hook.ts'
import { storeEvent } from '../../inbox/store-event.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server.ts'

/** amoCRM's hooks, raw. n8n's intake hands them here; amoCRM may also be pointed here directly. 2xx means: stored. */
export function addHooks(server: Server, app: App): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  server.post(
    '/hooks/amocrm/:secret',
    {
      schema: {
        summary: 'A webhook of amoCRM: form-encoded, with PHP bracket keys',
        params: z.object({ secret: z.string() }),
        response: { 200: z.object({ stored: z.literal(true), duplicate: z.boolean() }) },
      },
    },
    async (request) => {
      if (!sameText(request.params.secret, app.config.amocrm.webhookSecret)) {
        throw new Problem('wrong-secret', 'The last part of the address is not AMOCRM_WEBHOOK_SECRET')
      }
      const body = request.body as Buffer | undefined
      if (!body?.length)
        throw new Problem('invalid-request', 'The body is empty', [{ field: '(body)', detail: 'is empty' }])
      refuseUnreadable(body)
      const added = await storeEvent(app.db, {
        source: 'amocrm',
        dedupeKey: createHash('sha256').update(body).digest('hex'),
        contentType: request.headers['content-type'] ?? '',
        body,
      })
      faultPoint('inbox.stored')
      app.wake.up('inbox')
      return { stored: true as const, duplicate: !added }
    },
  )
}

/** A sender that errs should hear so: what is no hook at all is not stored. */
function refuseUnreadable(body: Buffer): void {
  try {
    parseHook(body.toString('utf8'))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new Problem('invalid-request', detail, [{ field: '(body)', detail }])
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const sameText = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))
