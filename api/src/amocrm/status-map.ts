import type { Business } from '../business.ts'
import type { AmocrmField, AmocrmPipeline } from './answers.ts'
import type { AmocrmClient } from './client.ts'

export type OurStage = keyof Business['amocrm']['statuses']

export type AccountMap = {
  statuses: Partial<Record<OurStage, { pipelineId: number; statusId: number }>>
  /** Our field names to the account's fields; a field that the account does not have is absent. */
  fields: Partial<Record<string, { id: number; type: string }>>
  /** What config/business.yaml names and the account does not have. */
  missing: string[]
}

/** Finds the statuses and fields of config/business.yaml in the account, by id or by any of the given names. */
export async function readAccountMap(amocrm: AmocrmClient, business: Business): Promise<AccountMap> {
  const [pipelines, accountFields] = await Promise.all([amocrm.pipelines(), amocrm.leadFields()])
  const map: AccountMap = { statuses: {}, fields: {}, missing: [] }
  const main = pipelines.find((pipeline) => pipeline.is_main) ?? pipelines[0]
  if (!main) return { ...map, missing: ['a pipeline'] }

  for (const [stage, wanted] of Object.entries(business.amocrm.statuses)) {
    const status = findStatus(main, wanted)
    if (status) map.statuses[stage as OurStage] = { pipelineId: main.id, statusId: status.id }
    else map.missing.push(`status ${JSON.stringify(wanted)} (amocrm.statuses.${stage})`)
  }
  for (const [name, code] of Object.entries(business.amocrm.fields)) {
    const field = accountFields.find(
      (candidate: AmocrmField) => candidate.code === code || String(candidate.id) === code,
    )
    if (field) map.fields[name] = { id: field.id, type: field.type }
    else map.missing.push(`lead field ${code} (amocrm.fields.${name})`)
  }
  return map
}

function findStatus(pipeline: AmocrmPipeline, wanted: number | string | string[]) {
  const names = [wanted].flat()
  return pipeline._embedded.statuses.find(
    (status) => names.includes(status.id) || names.includes(status.name),
  )
}
