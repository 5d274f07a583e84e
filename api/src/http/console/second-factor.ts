import { z } from 'zod'
import type { App } from '../../app.ts'
import { beginSecondFactor, confirmSecondFactor, endSecondFactor } from '../../console/second-factor.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'

const password = z.string().min(1).max(200)
const code = plainText(40)

/** A second factor for oneself. */
export function addSecondFactor(server: Server, app: App): void {
  server.post(
    '/console/second-factor/begin',
    {
      schema: {
        ...forPeople('A secret for a phone that makes one-time passwords; it counts once a code confirms it'),
        body: z.object({ password }),
        response: { 200: z.object({ secret: z.string(), uri: z.string() }) },
      },
    },
    async (request) => {
      const begun = await beginSecondFactor(app, userOf(request), request.body.password)
      if (!begun)
        throw new Problem('conflict', 'The password is another one, or a second factor is on already')
      return begun
    },
  )

  server.post(
    '/console/second-factor/confirm',
    {
      schema: {
        ...forPeople('From now on a code is asked for; the recovery codes are shown once'),
        body: z.object({ code }),
        response: { 200: z.object({ recoveryCodes: z.array(z.string()) }) },
      },
    },
    async (request) => {
      const recoveryCodes = await confirmSecondFactor(app, userOf(request), request.body.code)
      if (!recoveryCodes) throw new Problem('conflict', 'The code is not that of this moment')
      return { recoveryCodes }
    },
  )

  server.post(
    '/console/second-factor/off',
    {
      schema: {
        ...forPeople('No code is asked for any more'),
        body: z.object({ password, code }),
        response: { 200: done },
      },
    },
    async (request) => {
      if (!(await endSecondFactor(app, userOf(request), request.body)))
        throw new Problem('conflict', 'The password or the code is another one')
      return isDone
    },
  )
}
