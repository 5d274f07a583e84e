import { playgroundSchema, salesVersion } from '@lead/contract'
import { playgroundTalkSchema } from '@lead/contract/console'
import { z } from 'zod'
import { languages } from '../../../../texts/index.ts'
import type { App } from '../../app.ts'
import { mostPerHour, readPlayground, sayInPlayground } from '../../rehearsals/playground.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { forPeople } from './describe-route.ts'
import { userOf } from './guard.ts'

const hourMs = 3_600_000
/** The schema of the answer is in its first line: a prompt for another one would be refused word by word. */
const promptText = plainText(40_000).refine((text) => text.startsWith(`Prompt: ${salesVersion}\n`), {
  message: `must begin with the line "Prompt: ${salesVersion}"`,
})
const forgotten = 'This talk is forgotten: begin another one'

/** A talk with the assistant in the place of a lead: models think in earnest, nothing is stored, sent or booked. */
export function addPlayground(server: Server, app: App): void {
  server.get(
    '/console/playground/:talkId',
    {
      schema: {
        ...forPeople('A talk of the playground'),
        params: z.object({ talkId: playgroundSchema }),
        response: { 200: playgroundTalkSchema },
      },
    },
    async (request) => {
      const talk = await readPlayground(app, request.params.talkId, userOf(request).id)
      if (!talk) throw new Problem('not-found', forgotten)
      return talk
    },
  )

  server.post(
    '/console/playground',
    {
      schema: {
        ...forPeople(
          'Says something as a lead; without a talk it begins one, without words the assistant speaks first',
        ),
        body: z
          .object({
            id: playgroundSchema.nullable(),
            text: plainText(4000).nullable(),
            language: z.enum(languages),
            prompt: promptText.nullable().default(null),
          })
          .refine(({ id, text }) => id === null || text !== null, {
            path: ['text'],
            message: 'is needed to go on with a talk',
          }),
        response: { 200: playgroundTalkSchema },
      },
    },
    async (request) => {
      const user = userOf(request)
      if ((await app.cache.increment(`playground-turns:${user.id}`, hourMs)) > mostPerHour)
        throw new Problem('too-many-requests', `${mostPerHour} turns an hour are enough: each is paid for`, {
          retryAfterSec: 600,
        })
      const said = await sayInPlayground(app, { ...request.body, userId: user.id })
      if (said === 'unknown') throw new Problem('not-found', forgotten)
      if (said === 'busy') throw new Problem('conflict', 'The assistant is thinking, or a human has the talk')
      if (said === 'no models') throw new Problem('unavailable', 'No language model answers at the moment')
      return said
    },
  )
}
