import { personSchema, roleSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App, Ports } from '../../app.ts'
import { changePerson, invite, listPeople, type Place } from '../../console/people.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'

const placeSchema = z.object({ role: roleSchema, sellerId: z.string().max(40).nullable().default(null) })

/** Who may come in. */
export function addPeople(server: Server, app: App): void {
  server.get(
    '/console/people',
    {
      schema: {
        ...forPeople('Everybody who may come in, or might once'),
        response: { 200: z.object({ people: z.array(personSchema) }) },
      },
    },
    async () => ({ people: await listPeople(app.db) }),
  )

  server.post(
    '/console/invitations',
    {
      schema: {
        ...forPeople('Makes a one-time link for somebody new. It is shown once and kept nowhere'),
        body: placeSchema,
        response: { 201: z.object({ path: z.string(), expiresAt: z.date() }) },
      },
    },
    async (request, reply) => {
      const { token, expiresAt } = await invite(app.db, checkedPlace(app, request.body), {
        by: userOf(request).email,
      })
      return reply.code(201).send({ path: joinPath(token), expiresAt })
    },
  )

  server.post(
    '/console/people/:personId',
    {
      schema: {
        ...forPeople(
          'Gives a person another role, shuts them out or lets them in again; they are signed out',
        ),
        params: z.object({ personId: idParam }),
        body: z.object({ place: placeSchema.optional(), disabled: z.boolean().optional() }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { place, disabled } = request.body
      const change = { place: place && checkedPlace(app, place), disabled }
      const answer = await changePerson(app, request.params.personId, change, userOf(request).email)
      if (answer === 'unknown') throw new Problem('unknown-person', 'Nobody has this id')
      if (answer === 'last owner') throw new Problem('conflict', 'Somebody must stay an owner')
      return isDone
    },
  )
}

/** Where a link leads. Behind `#`, so that no log of a proxy has the token. */
export const joinPath = (token: string) => `/app/join#${token}`

function checkedPlace({ business }: Ports<'business'>, { role, sellerId }: Place): Place {
  if (role !== 'seller') return { role, sellerId: null }
  if (business.sellers.some(({ id }) => id === sellerId)) return { role, sellerId }
  throw new Problem('invalid-request', 'A seller is one of config/business.yaml', [
    { field: 'sellerId', detail: 'must be the id of a seller of config/business.yaml' },
  ])
}
