import { listedTokenSchema, tokenScopeSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { dropToken, listTokens, makeToken } from '../../console/api-tokens.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'

/** Keys that people give to programs of theirs. Each sees and ends their own. */
export function addTokens(server: Server, app: App): void {
  server.get(
    '/console/tokens',
    {
      schema: {
        ...forPeople('The keys of whoever asks'),
        response: { 200: z.object({ tokens: z.array(listedTokenSchema) }) },
      },
    },
    async (request) => ({ tokens: await listTokens(app.db, userOf(request).id) }),
  )

  server.post(
    '/console/tokens',
    {
      schema: {
        ...forPeople('Makes a key for a program: it may what its person may, or only look. It is shown once'),
        body: z.object({
          name: plainText(80),
          scope: tokenScopeSchema,
          days: z.number().int().min(1).max(3650).nullable(),
        }),
        response: { 201: z.object({ id: z.number(), token: z.string() }) },
      },
    },
    async (request, reply) => reply.code(201).send(await makeToken(app.db, userOf(request), request.body)),
  )

  server.post(
    '/console/tokens/:tokenId/drop',
    {
      schema: {
        ...forPeople('Ends a key'),
        params: z.object({ tokenId: idParam }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { tokenId } = request.params
      if (!(await dropToken(app.db, userOf(request), tokenId)))
        throw new Problem('unknown-token', `You have no key ${tokenId}`)
      return isDone
    },
  )
}
