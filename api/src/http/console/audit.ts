import { auditPageSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { listAudit } from '../../console/list-audit.ts'
import type { Server } from '../server-type.ts'
import { forPeople, idParam } from './describe-route.ts'

/** Who did what. */
export function addAudit(server: Server, app: App): void {
  server.get(
    '/console/audit',
    {
      schema: {
        ...forPeople('Who did what, the newest first'),
        querystring: z.object({ before: idParam.optional(), leadId: idParam.optional() }),
        response: { 200: auditPageSchema },
      },
    },
    async ({ query }) => listAudit(app.db, { before: query.before ?? null, leadId: query.leadId ?? null }),
  )
}
