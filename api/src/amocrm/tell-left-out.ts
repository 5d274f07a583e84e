import { createHash } from 'node:crypto'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import type { Lead } from '../leads/lead.ts'
import { type AmocrmPayload, enqueue, type OutboxItem } from '../outbox/enqueue.ts'
import { clip } from '../text/storable.ts'
import { isWritable } from './field-value.ts'
import type { Part, UnfitField } from './lead-patch.ts'
import type { AccountMap } from './status-map.ts'
import type { LeftOut } from './write-parts.ts'

/**
 * Tells people what could not be written to the card, so that nothing is lost: each value once as a note, a stage as a task, and what
 * is wrong with a field of the account as one task for all leads.
 */
export async function tellLeftOut(
  app: Ports<'business' | 'db' | 'wake'>,
  lead: Lead,
  map: AccountMap,
  { unfit, refused }: { unfit: UnfitField[]; refused: LeftOut<Part>[] },
): Promise<void> {
  const { card, task: ask } = texts[app.business.language]
  const say = card.leftOut
  const items: OutboxItem[] = []
  const add = (key: string, payload: AmocrmPayload) =>
    items.push({ leadId: lead.id, turnId: null, channel: 'amocrm', key, payload })
  const note = (what: string, text: string) =>
    add(`lead:${lead.id}:left-out:${what}:${short(text)}`, { kind: 'note', text: clip(text, 3000) })
  const task = (key: string, text: string) => add(key, { kind: 'task', text: clip(text, 1000), dueInMin: 60 })
  const field = (name: string, value: string | number | null, why: string) =>
    note(
      name,
      value === null
        ? say.emptied({ field: nameOf(map, name), why })
        : say.field({ field: nameOf(map, name), value: String(value), why }),
    )
  const fieldTask = (name: string, why: string) => {
    const known = map.fields[name]
    if (!known) return
    const { id, type } = known
    task(`amocrm:field:${id}:${type}:refused`, ask.fieldRefused({ field: nameOf(map, name), why }))
  }

  for (const { name, value, unfit: why } of unfit) {
    field(name, value, say.unfit[why])
    if (!isWritable(map.fields[name]?.type ?? '')) fieldTask(name, say.unfit[why])
  }
  for (const { part, reason } of refused) {
    if (part.what === 'field') {
      field(part.name, part.value, reason)
      fieldTask(part.name, reason)
    } else if (part.what === 'status')
      task(
        `lead:${lead.id}:left-out:status:${part.target.statusId}`,
        ask.stageRefused({ stage: statusName(map, part), why: reason }),
      )
    else if (part.what === 'lossReason') note('lossReason', say.lossReason(reason))
    else note('tags', say.tags({ names: part.names.join(', '), why: reason }))
  }
  for (const item of items) await enqueue(app.db, item)
  if (items.length > 0) app.wake.up('amocrm')
}

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
const nameOf = (map: AccountMap, name: string) => map.fields[name]?.name ?? name
const statusName = (map: AccountMap, { target }: Extract<Part, { what: 'status' }>) =>
  map.pipelines.get(target.pipelineId)?.nameOf.get(target.statusId) ?? String(target.statusId)
