import { createHash } from 'node:crypto'
import type { Ports } from '../app.ts'
import type { Lead } from '../leads/lead.ts'
import { enqueue, type OutboxItem } from '../outbox/enqueue.ts'
import { clip } from '../text/storable.ts'
import { type AccountField, isWritable, type Unfit } from './field-value.ts'
import type { Part, UnfitField } from './lead-patch.ts'
import type { AccountMap } from './status-map.ts'
import type { LeftOut } from './write-parts.ts'

const texts = {
  ru: {
    field: (field: string, value: string, why: string) => `Не записано в поле «${field}»: ${value} (${why}).`,
    emptied: (field: string, why: string) => `Не удалось очистить поле «${field}» (${why}).`,
    fieldTask: (field: string, why: string) =>
      `amoCRM не принимает наши значения в поле «${field}»: ${why}. Поправьте тип поля или уберите его из config/business.yaml (amocrm.fields); остальное записывается. Значения остаются в примечаниях сделок.`,
    status: (status: string, why: string) =>
      `amoCRM не перевёл сделку в этап «${status}»: ${why}. Переведите её сами.`,
    lossReason: (why: string) => `amoCRM не принял причину отказа: ${why}. Укажите её сами.`,
    tags: (names: string, why: string) => `amoCRM не принял теги ${names}: ${why}.`,
    unfit: {
      'not a number': 'поле числовое, а это не одно число',
      'no such choice': 'в списке нет такого варианта',
      'no date': 'это не дата',
      'neither yes nor no': 'это не «да» и не «нет»',
      'too long': 'слишком длинно для поля',
      'not by API': 'в поле такого типа слова не записать',
    },
  },
  en: {
    field: (field: string, value: string, why: string) =>
      `Not written to the field "${field}": ${value} (${why}).`,
    emptied: (field: string, why: string) => `The field "${field}" could not be emptied (${why}).`,
    fieldTask: (field: string, why: string) =>
      `amoCRM does not take our values in the field "${field}": ${why}. Change the field's type or take it out of config/business.yaml (amocrm.fields); everything else is written. The values are in the notes of the leads.`,
    status: (status: string, why: string) =>
      `amoCRM did not move the lead to the stage "${status}": ${why}. Please move it yourself.`,
    lossReason: (why: string) => `amoCRM did not take the loss reason: ${why}. Please set it yourself.`,
    tags: (names: string, why: string) => `amoCRM did not take the tags ${names}: ${why}.`,
    unfit: {
      'not a number': 'the field is a number, and this is not one number',
      'no such choice': 'the list has no such choice',
      'no date': 'this is no date',
      'neither yes nor no': 'this is neither yes nor no',
      'too long': 'too long for the field',
      'not by API': 'words cannot be written to a field of this type',
    } satisfies Record<Unfit, string>,
  },
}

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
  const say = texts[app.business.language]
  const items: OutboxItem[] = []
  const add = (key: string, payload: OutboxItem['payload']) =>
    items.push({ leadId: lead.id, turnId: null, channel: 'amocrm', key, payload } as OutboxItem)
  const note = (what: string, text: string) =>
    add(`lead:${lead.id}:left-out:${what}:${short(text)}`, { kind: 'note', text: clip(text, 3000) })
  const task = (key: string, text: string) => add(key, { kind: 'task', text: clip(text, 1000), dueInMin: 60 })
  const field = (name: string, value: string | number | null, why: string) =>
    note(
      name,
      value === null ? say.emptied(nameOf(map, name), why) : say.field(nameOf(map, name), String(value), why),
    )
  const fieldTask = (name: string, why: string) => {
    const { id, type } = map.fields[name] as AccountField
    task(`amocrm:field:${id}:${type}:refused`, say.fieldTask(nameOf(map, name), why))
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
        say.status(statusName(map, part), reason),
      )
    else if (part.what === 'lossReason') note('lossReason', say.lossReason(reason))
    else note('tags', say.tags(part.names.join(', '), reason))
  }
  for (const item of items) await enqueue(app.db, item)
  if (items.length > 0) app.wake.up('amocrm')
}

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
const nameOf = (map: AccountMap, name: string) => map.fields[name]?.name ?? name
const statusName = (map: AccountMap, { target }: Extract<Part, { what: 'status' }>) =>
  map.pipelines.get(target.pipelineId)?.nameOf.get(target.statusId) ?? String(target.statusId)
