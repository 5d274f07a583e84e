import { z } from 'zod'
import type { App } from '../../app.ts'
import { readConversation } from '../../conversations/read-conversation.ts'
import { leadOr404 } from '../find-or-404.ts'
import type { Server } from '../server-type.ts'

export function addConversation(server: Server, app: App): void {
  server.get(
    '/conversation/:leadId',
    {
      schema: {
        summary:
          'The whole story of a lead: messages, turns with what was decided and why, meetings, deliveries',
        security: [{ token: [] }],
        params: z.object({ leadId: z.coerce.number().int().positive() }),
      },
    },
    async ({ params }) => readConversation(app.db, await leadOr404(app.db, params.leadId)),
  )
}
