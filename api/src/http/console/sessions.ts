import { meSchema } from '@lead/contract/console'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { changePassword } from '../../console/change-password.ts'
import { logIn } from '../../console/log-in.ts'
import { join } from '../../console/people.ts'
import { hasSecondFactor } from '../../console/second-factor.ts'
import { endSession, startSession } from '../../console/sessions.ts'
import type { User } from '../../console/user.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'
import { readSessionCookie, setSessionCookie } from './session-cookie.ts'

const email = z.email('must be an e-mail address').max(200)
/** Length is what makes one hard to guess. */
const newPassword = z.string().min(10, 'must have at least 10 characters').max(200)

const whence = (request: FastifyRequest) => ({
  address: request.ip,
  agent: request.headers['user-agent'] ?? '',
})

/** Coming in, going out, and who one is. */
export function addSessions(server: Server, app: App): void {
  const me = async (user: User) => ({
    ...user,
    hasSecondFactor: await hasSecondFactor(app.db, user.id),
    company: app.business.company.name,
    timeZone: app.business.timeZone,
    simulated: Object.entries(app.config.mocks).flatMap(([name, mock]) => (mock ? [name] : [])),
    production: app.config.production,
    amocrmUrl: app.config.amocrm.baseUrl,
    sellers: app.business.sellers.map(({ id, name }) => ({ id, name })),
  })

  server.post(
    '/console/login',
    {
      schema: {
        summary: 'Signs a person in to the console; the answer sets the cookie of the session',
        tags: ['console'],
        body: z.object({
          email,
          password: z.string().min(1).max(200),
          /** Of the second factor, or a recovery code; only for who has one. */
          code: plainText(40).optional(),
        }),
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      const answer = await logIn(app, { ...request.body, ...whence(request) })
      if (answer.outcome === 'wait')
        throw new Problem('too-many-requests', 'Too many wrong passwords; wait and try again', {
          retryAfterSec: answer.seconds,
        })
      if (answer.outcome === 'wrong') throw new Problem('wrong-password', 'Check both and try again')
      if (answer.outcome === 'code needed')
        throw new Problem('code-needed', 'Give the code of this moment, or a recovery code')
      setSessionCookie(request, reply, answer.token)
      return me(answer.user)
    },
  )

  server.post(
    '/console/join',
    {
      schema: {
        summary: 'Uses a one-time link: makes a person of the console and signs them in',
        tags: ['console'],
        body: z.object({ token: plainText(100), email, name: plainText(100), password: newPassword }),
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      const answer = await join(app, request.body)
      if (answer.outcome === 'no link')
        throw new Problem('unknown-link', 'The link was used or has run out; ask for a new one')
      if (answer.outcome === 'email taken')
        throw new Problem('conflict', 'Somebody has this e-mail already', [
          { field: 'email', detail: 'is taken' },
        ])
      await signIn(request, reply, answer.user)
      return me(answer.user)
    },
  )

  async function signIn(request: FastifyRequest, reply: FastifyReply, user: User): Promise<void> {
    setSessionCookie(request, reply, await startSession(app.db, user.id, whence(request)))
  }

  server.post(
    '/console/password',
    {
      schema: {
        ...forPeople('Another password for oneself; every other browser is signed out'),
        body: z.object({ present: z.string().min(1).max(200), next: newPassword }),
        response: { 200: done },
      },
    },
    async (request, reply) => {
      const token = await changePassword(app, userOf(request), { ...request.body, ...whence(request) })
      if (token === null)
        throw new Problem('conflict', 'The present password is another one', [
          { field: 'present', detail: 'is wrong' },
        ])
      setSessionCookie(request, reply, token)
      return isDone
    },
  )

  server.post(
    '/console/logout',
    { schema: { ...forPeople('Ends this session'), response: { 200: done } } },
    async (request, reply) => {
      const token = readSessionCookie(request)
      if (token) await endSession(app.db, token)
      setSessionCookie(request, reply, null)
      return isDone
    },
  )

  server.get(
    '/console/me',
    { schema: { ...forPeople('Who is signed in, and what the console is of'), response: { 200: meSchema } } },
    async (request) => me(userOf(request)),
  )
}
