import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ports } from '../../app.ts'
import { findToken } from '../../console/api-tokens.ts'
import { findSession } from '../../console/sessions.ts'
import type { User } from '../../console/user.ts'
import { scopeOf, visibleLeads } from '../../console/visible-lead.ts'
import { Problem } from '../problems.ts'
import { mayToken, routeRoles } from './route-roles.ts'
import { readSessionCookie } from './session-cookie.ts'

const users = new WeakMap<FastifyRequest, User>()

/** Who asks. @throws when the route needs no session */
export function userOf(request: FastifyRequest): User {
  const user = users.get(request)
  if (!user) throw new Error(`${request.routeOptions.url} knows nobody`)
  return user
}

/** What the guard asks of a route's address when a seller takes it. */
type Places = { leadId?: string; meetingId?: string }

/**
 * Stands before every route of the console: no change comes from another site, each person takes only the routes of their role, and a
 * seller meets only their own leads and meetings; others are as if they were not there.
 */
export function guardConsole(scope: FastifyInstance, app: Ports<'db' | 'business'>): void {
  scope.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat())
      if (name !== 'HEAD' && !routeRoles[`${name} ${url}`])
        throw new Error(`${name} ${url} has no row in route-roles.ts`)
  })

  scope.addHook('onRequest', async (request) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const allowed = routeRoles[`${method} ${request.routeOptions.url}`]
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    // A browser never sends a key by itself, so no page elsewhere can.
    if (method !== 'GET' && key === undefined) refuseForeignOrigin(request)
    if (allowed === 'nobody') return
    const user =
      key === undefined
        ? await ofSession(app, request)
        : await ofKey(app, key, method, request.routeOptions.url)
    if (!allowed?.includes(user.role))
      throw new Problem('forbidden', `A ${user.role} may not do this; ask an owner of the console`)
    users.set(request, user)
  })

  // After the address was checked to be of numbers, so that nothing else is asked of the database.
  scope.addHook('preHandler', async (request) => {
    const user = users.get(request)
    if (!user) return
    const seen = scopeOf(app, user)
    if (seen === null) return
    const { leadId, meetingId } = request.params as Places
    if (leadId !== undefined && !(await visibleLeads(app.db, seen, [Number(leadId)])).has(Number(leadId)))
      throw new Problem('unknown-lead', `There is no lead ${leadId} of yours`)
    if (meetingId !== undefined) {
      const { rowCount } = await app.db.query(
        'select from calendar_events where id = $1 and seller_id = $2',
        [meetingId, seen.sellerId],
      )
      if (!rowCount) throw new Problem('unknown-meeting', `There is no meeting ${meetingId} of yours`)
    }
  })
}

async function ofSession(app: Ports<'db'>, request: FastifyRequest): Promise<User> {
  const token = readSessionCookie(request)
  const user = token ? await findSession(app.db, token) : null
  if (!user) throw new Problem('signed-out', 'Sign in')
  return user
}

async function ofKey(app: Ports<'db'>, key: string, method: string, path = ''): Promise<User> {
  const found = await findToken(app.db, key)
  if (!found)
    throw new Problem('signed-out', 'This key is not known, has run out, or its person was shut out')
  if (!mayToken(found.scope, method, path))
    throw new Problem('forbidden', `A key for "${found.scope}" may not do this; its person may, signed in`)
  return found.user
}

/** Browsers say of every change where it comes from; a page elsewhere cannot make them lie. */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  if (origin !== undefined && hostOf(origin) === host) return
  throw new Problem(
    'foreign-origin',
    'Changes are taken only from the console itself: the header Origin must be its own',
  )
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)
