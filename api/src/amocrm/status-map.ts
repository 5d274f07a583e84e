import type { Stage } from '../leads/lead.ts'
import type { Business } from '../settings/business.ts'
import { isRefusal } from './amocrm-error.ts'
import type { AmocrmField, AmocrmPipeline } from './answers.ts'
import type { AmocrmClient } from './client.ts'
import { entriesOf } from '../text/entries-of.ts'
import type { AccountField } from './field-value.ts'

export type OurStage = keyof Business['amocrm']['statuses']
export type LossReason = keyof Business['amocrm']['lossReasons']

export type PipelineMap = {
  id: number
  name: string
  /** Whether the assistant works its leads. */
  worked: boolean
  statuses: Partial<Record<Stage, number>>
  stageOf: Map<number, OurStage>
  /** Where a status stands in its pipeline; later ones have larger numbers. */
  sortOf: Map<number, number>
  nameOf: Map<number, string>
}

export type AccountMap = {
  pipelines: Map<number, PipelineMap>
  /** Our field names to the account's fields; a field that the account does not have is absent. */
  fields: Partial<Record<string, AccountField>>
  lossReasons: Partial<Record<LossReason, number>>
  /** The stages of leads that nobody has accepted yet, one in each pipeline. */
  incoming: Set<number>
  /** What the account does not let us read, with its words. */
  unreadable: string[]
  /** What config/business.yaml names and the account does not have. */
  missing: string[]
}

type Wanted = number | string | (number | string)[]
export const isWanted = (wanted: Wanted, candidate: { id: number; name: string }) =>
  [wanted].flat().some((one) => one === candidate.id || one === candidate.name)

/** Finds what config/business.yaml names in the account, by id or by any of the given names. */
export async function readAccountMap(
  amocrm: Pick<AmocrmClient, 'pipelines' | 'leadFields' | 'lossReasons'>,
  { amocrm: wanted }: Business,
): Promise<AccountMap> {
  const wantsReasons = Object.keys(wanted.lossReasons).length > 0
  const unreadable: string[] = []
  /** Not every token may read everything: what it may not is done without. */
  const optional = <Item>(what: string, reading: Promise<Item[]>): Promise<Item[]> =>
    reading.catch((error: unknown) => {
      if (!isRefusal(error)) throw error
      unreadable.push(`${what}: ${error.message}`)
      return []
    })
  const [pipelines, fields, reasons] = await Promise.all([
    amocrm.pipelines(),
    optional('lead fields', amocrm.leadFields()),
    wantsReasons ? optional('loss reasons', amocrm.lossReasons()) : [],
  ])
  const map: AccountMap = {
    pipelines: new Map(),
    fields: noNames(),
    lossReasons: noNames(),
    incoming: new Set(
      pipelines.flatMap(({ _embedded: { statuses } }) =>
        statuses.filter(({ type }) => type === 1).map(({ id }) => id),
      ),
    ),
    unreadable,
    missing: [],
  }
  for (const pipeline of pipelines) map.pipelines.set(pipeline.id, mapPipeline(pipeline, wanted))
  map.missing.push(...missingOfPipelines(pipelines, map, wanted))
  for (const [name, code] of Object.entries(wanted.fields)) {
    const field = fields.find((one) => one.code === code || String(one.id) === code || one.name === code)
    if (field) map.fields[name] = accountField(field)
    else map.missing.push(`lead field ${code} (amocrm.fields.${name})`)
  }
  for (const [name, reason] of entriesOf(wanted.lossReasons)) {
    const found = reasons.find((one) => isWanted(reason, one))
    if (found) map.lossReasons[name] = found.id
    else map.missing.push(`loss reason ${JSON.stringify(reason)} (amocrm.lossReasons.${name})`)
  }
  return map
}

const accountField = ({ id, name, code, type, enums }: AmocrmField): AccountField => ({
  id,
  name: name || code || String(id),
  type,
  choices: enums.map((one) => ({ id: one.id, value: one.value, code: one.code ?? null })),
})

/** Without a prototype: `constructor` is no field of the account, but a caller may ask for it. */
const noNames = <Value>(): Partial<Record<string, Value>> => Object.create(null)

function mapPipeline(pipeline: AmocrmPipeline, wanted: Business['amocrm']): PipelineMap {
  const { statuses } = pipeline._embedded
  const map: PipelineMap = {
    id: pipeline.id,
    name: pipeline.name,
    worked: wanted.pipelines.length === 0 || wanted.pipelines.some((one) => isWanted(one, pipeline)),
    statuses: noNames(),
    stageOf: new Map(),
    sortOf: new Map(statuses.map((status) => [status.id, status.sort])),
    nameOf: new Map(statuses.map((status) => [status.id, status.name])),
  }
  for (const [stage, names] of entriesOf(wanted.statuses)) {
    const status = statuses.find((one) => isWanted(names, one))
    if (!status) continue
    map.statuses[stage] = status.id
    map.stageOf.set(status.id, stage)
  }
  return map
}

/** The pipelines that have to have every status: the named ones; without names the main one. */
export function neededPipelines(pipelines: AmocrmPipeline[], { pipelines: named }: Business['amocrm']) {
  const main = pipelines.find((pipeline) => pipeline.is_main) ?? pipelines[0]
  return {
    wanted:
      named.length > 0
        ? pipelines.filter((pipeline) => named.some((one) => isWanted(one, pipeline)))
        : main
          ? [main]
          : [],
    absent: named.filter((one) => !pipelines.some((pipeline) => isWanted(one, pipeline))),
  }
}

function missingOfPipelines(
  pipelines: AmocrmPipeline[],
  map: AccountMap,
  wanted: Business['amocrm'],
): string[] {
  if (pipelines.length === 0) return ['a pipeline']
  const { wanted: needed, absent } = neededPipelines(pipelines, wanted)
  return [
    ...absent.map((one) => `pipeline ${JSON.stringify(one)} (amocrm.pipelines)`),
    ...needed.flatMap((pipeline) =>
      entriesOf(wanted.statuses)
        .filter(([stage]) => map.pipelines.get(pipeline.id)?.statuses[stage] === undefined)
        .map(
          ([stage, names]) =>
            `status ${JSON.stringify(names)} in the pipeline "${pipeline.name}" (amocrm.statuses.${stage})`,
        ),
    ),
  ]
}
