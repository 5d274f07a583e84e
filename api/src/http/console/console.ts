import type { FastifyInstance } from 'fastify'
import type { App } from '../../app.ts'
import type { Server } from '../server-type.ts'
import { addAlerts } from './alerts.ts'
import { addAudit } from './audit.ts'
import { addChanges } from './changes.ts'
import { guardConsole } from './guard.ts'
import { addDrafts } from './drafts.ts'
import { addHealthPage } from './health.ts'
import { addInboxPage } from './inbox.ts'
import { addNumbers } from './numbers.ts'
import { addPeople } from './people.ts'
import { addTokens } from './tokens.ts'
import { addWebhooks } from './webhooks.ts'
import { addPersonData } from './person-data.ts'
import { addPutAside } from './put-aside.ts'
import { addSecondFactor } from './second-factor.ts'
import { addSessions } from './sessions.ts'
import { addPlayground } from './playground.ts'
import { addPush } from './push.ts'
import { addSetUp } from './set-up.ts'
import { addWeek } from './week.ts'
import { addWork } from './work.ts'

/** The console's own API, under `/console`, for people who are signed in. */
export async function addConsole(server: Server, app: App): Promise<void> {
  guardConsole(server as unknown as FastifyInstance, app)
  addSessions(server, app)
  addSecondFactor(server, app)
  addPeople(server, app)
  addTokens(server, app)
  addWebhooks(server, app)
  addInboxPage(server, app)
  addWork(server, app)
  addDrafts(server, app)
  addPutAside(server, app)
  addPersonData(server, app)
  addWeek(server, app)
  addNumbers(server, app)
  addHealthPage(server, app)
  addAlerts(server, app)
  addSetUp(server, app)
  addPlayground(server, app)
  addPush(server, app)
  addAudit(server, app)
  addChanges(server, app)
}
