import type { Database } from '../../api/src/database/pool.ts'
import { listLeads } from '../../api/src/console/list-leads.ts'
import { searchLeads } from '../../api/src/console/search-leads.ts'
import { readConversation } from '../../api/src/conversations/read-conversation.ts'
import { storeEvent } from '../../api/src/inbox/store-event.ts'
import { findLead, requireLead } from '../../api/src/leads/lead.ts'
import { filledName } from '../../api/src/testing/fill-database.ts'
import type { FilledLead } from '../../api/src/testing/hot-statements.ts'

let stored = 0

/** What people and services wait for, each with all its statements. */
export const requests: Record<string, (db: Database, lead: FilledLead) => Promise<unknown>> = {
  'accept a hook': (db) =>
    storeEvent(db, {
      source: 'amocrm',
      dedupeKey: `bench ${process.pid} ${stored++}`,
      contentType: 'application/x-www-form-urlencoded',
      body: Buffer.from('leads[add][0][id]=1&leads[add][0][status_id]=142'),
    }),
  'GET /conversation/:leadId': async (db, { id }) =>
    readConversation(db, await requireLead(findLead(db, id))),
  'the list of all leads': (db) => listLeads(db, null, { queue: null, after: null }),
  'search for a phone': (db, { phone }) => searchLeads(db, null, phone),
  'search for a name': (db, { id }) => searchLeads(db, null, filledName(id)),
}
