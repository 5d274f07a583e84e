import type { HookItem } from '../amocrm/parse-hook.ts'

/**
 * The leads that a hook announces as maybe new: added, or out of the unsorted ones. amoCRM does not promise which of these
 * comes first or at all, so each is taken, and the lead's id makes it one.
 */
export function newLeadIds(items: HookItem[]): number[] {
  const texts = items.flatMap(({ entity, action, fields }) => {
    if (entity === 'leads' && action === 'add') return [fields['id']]
    if (entity === 'unsorted' && action === 'add') return [fields['lead_id']]
    if (entity === 'unsorted' && action === 'delete' && fields['action'] === 'accept') {
      const accepted = fields['accept_result']
      const leads = typeof accepted === 'object' ? accepted['leads'] : undefined
      return typeof leads === 'object' ? Object.values(leads) : []
    }
    return []
  })
  return [...new Set(texts.filter((text) => typeof text === 'string').map(Number))].filter(
    (id) => Number.isSafeInteger(id) && id > 0,
  )
}
