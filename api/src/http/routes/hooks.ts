import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { faultPoint } from '../../process/fault-point.ts'
import { parseHook } from '../../amocrm/parse-hook.ts'
import { gatherEvents } from '../../inbox/gather-events.ts'
import { storeUpdate } from '../../telegram/bot/store-update.ts'
import { readJson } from '../../text/parse-json.ts'
import { errorText } from '../../text/storable.ts'
import { webhookSecrets } from '../../telegram/bot/webhook.ts'
import { Problem } from '../problems.ts'
import { sameText } from '../same-text.ts'
import type { Server } from '../server-type.ts'
import type { WrongSecrets } from '../wrong-secrets.ts'
import { rawBody } from '../raw-body.ts'

/** The hooks from outside, as raw bytes: Telegram's, and amoCRM's. n8n's intake hands them here; amoCRM may also be pointed here directly. 2xx means: stored. */
export function addHooks(server: Server, app: App, wrongSecrets: WrongSecrets): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  addTelegramHook(server, app, wrongSecrets)
  const store = gatherEvents(app.db)

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
        const detail = 'The last part of the address is not AMOCRM_WEBHOOK_SECRET'
        wrongSecrets.refuse(request.ip, 'amocrm hook', 'wrong-secret', detail)
      }
      const body = rawBody(request)
      if (!body?.length)
        throw new Problem('invalid-request', 'The body is empty', [{ field: '(body)', detail: 'is empty' }])
      refuseUnreadable(body)
      const added = await store({
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

/** Updates of the bot from Telegram, raw. 2xx means: stored. */
function addTelegramHook(server: Server, app: App, wrongSecrets: WrongSecrets): void {
  const secrets = webhookSecrets(app.config)
  server.post(
    '/hooks/telegram/:secret',
    {
      schema: {
        summary: 'A webhook of the Telegram bot',
        params: z.object({ secret: z.string() }),
        response: { 200: z.object({ stored: z.literal(true), duplicate: z.boolean() }) },
      },
    },
    async (request) => {
      const header = request.headers['x-telegram-bot-api-secret-token']
      const rightPath = sameText(request.params.secret, secrets.path)
      if (!rightPath || !sameText(String(header ?? ''), secrets.header))
        wrongSecrets.refuse(request.ip, 'telegram hook', 'wrong-secret', 'This address is for Telegram only')
      if (app.config.telegram.mode === 'userbot')
        throw new Problem('conflict', 'TELEGRAM_MODE is userbot: no bot is listened to')
      const body = rawBody(request)
      const added = await storeUpdate(app, readUpdate(body), body)
      faultPoint('inbox.stored')
      return { stored: true as const, duplicate: !added }
    },
  )
}

function readUpdate(body: Buffer | undefined): { update_id: number } {
  try {
    return z.looseObject({ update_id: z.number().int() }).parse(readJson(body ?? ''))
  } catch {
    const detail = 'is not an update of the Bot API'
    throw new Problem('invalid-request', detail, [{ field: '(body)', detail }])
  }
}

/** A sender that errs should hear so: what is no hook at all is not stored. */
function refuseUnreadable(body: Buffer): void {
  try {
    parseHook(body.toString('utf8'))
  } catch (error) {
    const detail = errorText(error)
    throw new Problem('invalid-request', detail, [{ field: '(body)', detail }])
  }
}
