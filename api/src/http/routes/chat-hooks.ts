import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isSignedHook } from '../../amocrm/chats/sign.ts'
import { chatHookSchema } from '../../amocrm/chats/take-answer.ts'
import { parseJson } from '../../text/parse-json.ts'
import type { App } from '../../app.ts'
import { storeEvent } from '../../inbox/store-event.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import type { WrongSecrets } from '../wrong-secrets.ts'
import { rawBody } from '../raw-body.ts'

/** What managers write in the chat on the card. amoCRM sends it once and waits 5 s: it is stored, and worked afterwards. */
export function addChatHooks(server: Server, app: App, wrongSecrets: WrongSecrets): void {
  server.post(
    '/hooks/amocrm-chats/:scopeId',
    {
      schema: {
        summary: 'A hook of the amoCRM Chats API, signed with the secret of the channel',
        params: z.object({ scopeId: z.string().max(200) }),
        response: { 200: z.object({ stored: z.literal(true), duplicate: z.boolean() }) },
      },
    },
    async (request) => {
      const chats = app.config.amocrm.chats
      if (!chats) throw new Problem('not-found', 'No chat channel is configured')
      const body = rawBody(request)
      const signature = request.headers['x-signature']
      if (!body || typeof signature !== 'string' || !isSignedHook(body, signature, chats.secret))
        return wrongSecrets.refuse(
          request.ip,
          'chat hook',
          'wrong-secret',
          'X-Signature is not that of this body',
        )
      const hook = chatHookSchema.safeParse(parseJson(body.toString('utf8')))
      if (!hook.success || !request.params.scopeId.startsWith(`${chats.channelId}_`)) {
        throw new Problem('invalid-request', 'The body is no hook of this channel', [
          { field: '(body)', detail: 'is no hook of this channel' },
        ])
      }
      const added = await storeEvent(app.db, {
        source: 'amocrm-chats',
        dedupeKey: hook.data.message?.message.id ?? createHash('sha256').update(body).digest('hex'),
        contentType: 'application/json',
        body,
      })
      app.wake.up('inbox')
      return { stored: true as const, duplicate: !added }
    },
  )
}
