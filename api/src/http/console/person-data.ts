import { erasedPersonSchema, heldOfPersonSchema } from '@lead/contract/console'
import type { App } from '../../app.ts'
import { erasePerson } from '../../erasure/erase-person.ts'
import { exportPerson } from '../../erasure/export-person.ts'
import { findPerson } from '../../erasure/find-person.ts'
import { leadOr404 } from '../find-or-404.ts'
import type { Server } from '../server-type.ts'
import { forPeople, leadParams } from './describe-route.ts'
import { userOf } from './guard.ts'

/** What a person may ask us for by law: their data, and to be forgotten. */
export function addPersonData(server: Server, app: App): void {
  server.get(
    '/console/leads/:leadId/person',
    {
      schema: {
        ...forPeople('Everything that is kept of the person of a lead, table by table'),
        params: leadParams,
        response: { 200: heldOfPersonSchema },
      },
    },
    async ({ params }) => {
      await leadOr404(app.db, params.leadId)
      const { person, alike } = await findPerson(app, { leads: [params.leadId] })
      return { alike, ...(await exportPerson(app.db, person)) }
    },
  )

  server.post(
    '/console/leads/:leadId/erase',
    {
      schema: {
        ...forPeople(
          'Erases the person of a lead for good, here and in n8n; they are never written to again',
        ),
        params: leadParams,
        response: { 200: erasedPersonSchema },
      },
    },
    async (request) => {
      const { leadId } = request.params
      await leadOr404(app.db, leadId)
      const { person, alike } = await findPerson(app, { leads: [leadId] })
      return { ...(await erasePerson(app, person, { by: userOf(request).name })), alike }
    },
  )
}
