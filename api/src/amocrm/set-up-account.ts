import { type Language, type Texts, texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import { forgetAccountMap } from './account-map.ts'
import { isRefusal } from './amocrm-error.ts'
import type { AmocrmPipeline } from './answers.ts'
import { isWanted, neededPipelines } from './status-map.ts'
import { fieldToMake, nameToMake } from './wanted-account.ts'

export type SetupRow = {
  what: 'pipeline' | 'stage' | 'lead field' | 'contact field' | 'loss reason' | 'tag'
  name: string
  /** `made` says what was missing; `missing` is what a dry run would make. */
  state: 'there' | 'missing' | 'made' | 'refused'
  id: number | null
  detail: string
  /** What a person has to do; null when nothing. */
  next: string | null
}
type Account = Pick<App, 'amocrm' | 'business'>
type Words = Texts['terminal']['checks']['amocrm']
type Step = SetupRow & { make?: () => Promise<number | null> }

/** Our stages on the way to a meeting, in their order. 143 is in every pipeline. */
const stages = ['contacted', 'qualified', 'booked'] as const
const color = '#99ccff'

/**
 * Makes what config/business.yaml names and the account does not have: stages, fields, loss reasons, tags. What is there stays as it
 * is, so that a repeat changes nothing. One thing that amoCRM refuses does not keep the others from being made.
 */
export async function setUpAccount(
  app: Account,
  { dryRun, language = 'en' }: { dryRun: boolean; language?: Language },
): Promise<SetupRow[]> {
  const words = texts[language].terminal.checks.amocrm
  const plan = [
    ...(await planStages(app, words)),
    ...(await planFields(app, words)),
    ...(await planLossReasons(app, words)),
    ...(await planTags(app)),
  ]
  const rows: SetupRow[] = []
  for (const { make, ...row } of plan) {
    if (!make || dryRun) {
      rows.push(row)
      continue
    }
    try {
      rows.push({ ...row, state: 'made', id: await make() })
    } catch (error) {
      if (!isRefusal(error)) throw error
      const next = error.status === 403 ? words.byHandOrAdmin : words.byHand
      rows.push({ ...row, state: 'refused', detail: error.message, next })
    }
  }
  if (!dryRun) forgetAccountMap(app)
  return rows
}

const there = (what: SetupRow['what'], name: string, id: number, detail = ''): Step => ({
  what,
  name,
  state: 'there',
  id,
  detail,
  next: null,
})
const missing = (
  what: SetupRow['what'],
  name: string,
  detail: string,
  make: () => Promise<number | null>,
): Step => ({
  what,
  name,
  state: 'missing',
  id: null,
  detail,
  next: null,
  make,
})
const byHand = (
  what: SetupRow['what'],
  name: string,
  { detail, next }: { detail: string; next: string },
): Step => ({
  what,
  name,
  state: 'refused',
  id: null,
  detail,
  next,
})

async function planStages({ amocrm, business }: Account, words: Words): Promise<Step[]> {
  const detail = words.notThere
  const pipelines = await amocrm.pipelines()
  const { wanted, absent } = neededPipelines(pipelines, business.amocrm)
  return [
    ...absent.map((name) => byHand('pipeline', String(name), { detail, next: words.makePipeline })),
    ...wanted.flatMap((pipeline) => stagesOf({ amocrm, business }, pipeline, words)),
  ]
}

/** A new stage stands behind the one that comes before it for us. */
function stagesOf({ amocrm, business }: Account, pipeline: AmocrmPipeline, words: Words): Step[] {
  const own = pipeline._embedded.statuses
    .filter(({ id, type }) => id !== 142 && id !== 143 && type !== 1)
    .toSorted((a, b) => a.sort - b.sort)
  let sort = own[0]?.sort ?? 10
  return stages.map((stage) => {
    const names = business.amocrm.statuses[stage]
    const setting = `amocrm.statuses.${stage}`
    const place = words.inPipeline({ pipeline: pipeline.name, setting })
    const found = pipeline._embedded.statuses.find((status) => isWanted(names, status))
    if (found) {
      sort = Math.max(sort, found.sort)
      return there('stage', found.name, found.id, place)
    }
    const name = nameToMake(names, business.language)
    if (name === null)
      return byHand('stage', String(names), { detail: words.notThere, next: words.correctStage(setting) })
    const next = own.find((status) => status.sort > sort)?.sort
    sort = next === undefined ? sort + 10 : Math.floor((sort + next) / 2)
    const at = sort
    return missing('stage', name, place, () => amocrm.addStatus(pipeline.id, { name, sort: at, color }))
  })
}

async function planFields({ amocrm, business }: Account, words: Words): Promise<Step[]> {
  const [leadFields, contactFields] = await Promise.all([amocrm.leadFields(), amocrm.contactFields()])
  const step = (
    entity: 'leads' | 'contacts',
    code: string,
    of: string,
    { name, type }: { name: string; type: string },
  ): Step => {
    const what = entity === 'leads' ? 'lead field' : 'contact field'
    const fields = entity === 'leads' ? leadFields : contactFields
    const found = fields.find((one) => one.code === code || String(one.id) === code || one.name === code)
    if (found) return there(what, found.name || code, found.id, `${found.type}, ${of}`)
    if (/^\d+$/.test(code))
      return byHand(what, code, { detail: words.notThere, next: words.correctField(of) })
    // A code is of Latin letters; anything else in config/business.yaml is the name.
    const isCode = /^[A-Za-z][A-Za-z0-9_]*$/.test(code)
    const field = { name: isCode ? name : code, type, ...(isCode ? { code } : {}) }
    return missing(what, field.name, `${type}, ${of}`, () => amocrm.addField(entity, field))
  }
  return [
    ...Object.entries(business.amocrm.fields).map(([fact, code]) =>
      step('leads', code, `amocrm.fields.${fact}`, fieldToMake(fact, business.language)),
    ),
    step('contacts', business.amocrm.contactTelegramField, 'amocrm.contactTelegramField', {
      name: 'Telegram',
      type: 'text',
    }),
  ]
}

async function planLossReasons({ amocrm, business }: Account, words: Words): Promise<Step[]> {
  const detail = words.notThere
  const wanted = Object.entries(business.amocrm.lossReasons)
  if (wanted.length === 0) return []
  const account = await amocrm.account()
  const reasons = account?.is_loss_reason_enabled === false ? [] : await amocrm.lossReasons()
  return wanted.map(([key, names]) => {
    const of = `amocrm.lossReasons.${key}`
    const found = reasons.find((one) => isWanted(names, one))
    if (found) return there('loss reason', found.name, found.id, of)
    const name = nameToMake(names, business.language)
    if (account?.is_loss_reason_enabled === false)
      return byHand('loss reason', name ?? String(names), { detail, next: words.switchReasonsOn })
    if (name === null) return byHand('loss reason', String(names), { detail, next: words.correctReason(of) })
    return missing('loss reason', name, of, () => amocrm.addLossReason(name))
  })
}

async function planTags({ amocrm, business }: Account): Promise<Step[]> {
  const { off, optOut, worked } = business.amocrm.tags
  const present = await amocrm.leadTags()
  return [...new Set([...off, ...optOut, ...worked])].map((name) => {
    const found = present.find((tag) => tag.name === name)
    return found
      ? there('tag', name, found.id)
      : missing('tag', name, 'amocrm.tags', () => amocrm.addTag(name))
  })
}
