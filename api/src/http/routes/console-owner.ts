import { z } from 'zod'
import type { App } from '../../app.ts'
import { inviteOwner } from '../../console/people.ts'
import { joinPath } from '../console/people.ts'
import type { Server } from '../server-type.ts'

/** The way in for the first person, and for who lost their password: whoever has API_TOKEN may do everything anyway. */
export function addConsoleOwner(server: Server, app: App): void {
  server.post(
    '/console/owner-link',
    {
      schema: {
        summary:
          'Makes a one-time link by which somebody becomes an owner of the console. Earlier unused ones end',
        security: [{ token: [] }],
        response: {
          201: z.object({ path: z.string(), expiresAt: z.date(), hasOwner: z.boolean() }),
        },
      },
    },
    async (_request, reply) => {
      const { token, expiresAt, hasOwner } = await inviteOwner(app)
      return reply.code(201).send({ path: joinPath(token), expiresAt, hasOwner })
    },
  )
}
