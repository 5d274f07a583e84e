import type { Amocrm } from '../amocrm.ts'
import { accountId } from '../seed.ts'
import type { Unsorted } from '../world.ts'
import { accountBlock } from './account-block.ts'

/** Sends `unsorted[add][0]`, or for what a person did with it `unsorted[delete][0]` with the action and its result. */
export function fireUnsorted(
  amo: Amocrm,
  action: 'add' | 'accept' | 'decline',
  item: Unsorted,
  by: number,
): void {
  const tree =
    action === 'add'
      ? { add: [addItem(amo, item)] }
      : {
          delete: [
            {
              uid: item.uid,
              category: item.category,
              action,
              [`${action}_result`]: { leads: [item.lead_id] },
              created_at: item.created_at,
              modified_user_id: by,
            },
          ],
        }
  amo.hooks.fire({
    event: action === 'add' ? 'add_unsorted' : 'delete_unsorted',
    leadId: item.lead_id,
    tree: { account: accountBlock(amo), unsorted: tree },
  })
}

function addItem(amo: Amocrm, item: Unsorted) {
  const lead = amo.world.leads.find((one) => one.id === item.lead_id)
  const contact = amo.world.contacts.find((one) => one.id === item.contact_id)
  return {
    uid: item.uid,
    category: item.category,
    source_data: { ...item.metadata, source_uid: item.source_uid, source_name: item.source_name },
    date_create: item.created_at,
    data: {
      leads: lead && [{ id: lead.id, name: lead.name, price: lead.price }],
      contacts: contact && [{ id: contact.id, name: contact.name }],
    },
    pipeline_id: item.pipeline_id,
    account_id: accountId,
    source_id: 0,
    lead_id: item.lead_id,
    created_at: item.created_at,
  }
}
