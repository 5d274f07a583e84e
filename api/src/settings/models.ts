import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const day = z.iso.date()
const common = {
  /** Of the model's name. */
  pattern: z.string().transform((text, context) => {
    try {
      return new RegExp(text)
    } catch {
      context.addIssue('is not a regular expression')
      return z.NEVER
    }
  }),
  price: z.strictObject({ input: z.number(), cached: z.number(), output: z.number() }).nullable(),
  ends: day.nullable(),
  source: z.url().nullable(),
  read: day,
}
const thinking = {
  tokens: z.number().int().min(100),
  effort: z.enum(['low', 'medium', 'high']).nullable(),
  vision: z.boolean(),
}
const familySchema = z.discriminatedUnion('vendor', [
  z.strictObject({
    vendor: z.literal('openai'),
    ...common,
    ...thinking,
    limit: z.enum(['max_tokens', 'max_completion_tokens']),
    /** The effort of an agent, when the family calls tools with no other. */
    effortWithTools: z.literal('none').optional(),
  }),
  z.strictObject({ vendor: z.literal('anthropic'), ...common, ...thinking }),
  z.strictObject({ vendor: z.literal('transcription'), ...common }),
])
const tableSchema = z.strictObject({
  families: z.array(familySchema).min(1),
  successors: z.strictObject({ openai: z.string(), anthropic: z.string(), transcription: z.string() }),
})

export type ModelTable = z.infer<typeof tableSchema>
export type ModelFamily = ModelTable['families'][number]
export type ModelVendor = ModelFamily['vendor']

/** The families of models, from config/models.yaml. @throws Error that names each wrong row */
export function readModels(file = join(import.meta.dirname, '../../../config/models.yaml')): ModelTable {
  const parsed = tableSchema.safeParse(parse(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`)
}

/** The family of a model by its name; undefined for a transcription model that is not in the table. */
export function familyOf<Vendor extends ModelVendor>(
  table: ModelTable,
  vendor: Vendor,
  model: string,
): Extract<ModelFamily, { vendor: Vendor }> | undefined {
  return table.families.find(
    (family): family is Extract<ModelFamily, { vendor: Vendor }> =>
      family.vendor === vendor && family.pattern.test(model),
  )
}

/** What the chat models are asked with: the same in the workflow and when they are tried by hand. */
export function modelRequests(table: ModelTable, names: { openai: string; anthropic: string }) {
  const openai = familyOf(table, 'openai', names.openai)
  const anthropic = familyOf(table, 'anthropic', names.anthropic)
  if (!openai || !anthropic)
    throw new Error('config/models.yaml: the last row of each vendor must fit any name')
  return {
    openai: {
      name: names.openai,
      extraBody: openAiBody(openai, openai.effort),
      agentBody: openAiBody(openai, openai.effortWithTools ?? openai.effort),
    },
    anthropic: { name: names.anthropic, maxTokens: anthropic.tokens, effort: anthropic.effort },
  }
}

const openAiBody = (
  { limit, tokens }: Extract<ModelFamily, { vendor: 'openai' }>,
  effort: string | null,
): Record<string, number | string> => ({ [limit]: tokens, ...(effort && { reasoning_effort: effort }) })

const vendors: ModelVendor[] = ['openai', 'anthropic', 'transcription']
const warnDays = 60
const dayMs = 86_400_000

/**
 * Which of the models end within 60 days or have ended, a sentence each with what to take instead.
 * @param used the models by vendor; `now` decides by its UTC day
 */
export function endingModels(
  table: ModelTable,
  used: Partial<Record<ModelVendor, string>>,
  now: Date,
): string[] {
  return vendors.flatMap((vendor) => {
    const model = used[vendor]
    const ending = model === undefined ? null : endingOf(table, vendor, model, now)
    return ending ? [`${ending.when}: ${ending.next}`] : []
  })
}

/** When a model ends, in words, and what to do; null while that is far or not announced. `days` below 0: it has ended. */
export function endingOf(
  table: ModelTable,
  vendor: ModelVendor,
  model: string,
  now: Date,
): { days: number; when: string; next: string } | null {
  const ends = familyOf(table, vendor, model)?.ends
  if (!ends) return null
  const days = Math.floor((Date.parse(ends) - now.getTime()) / dayMs)
  if (days > warnDays) return null
  const when = days < 0 ? `ended on ${ends}` : `ends on ${ends}, in ${days} days`
  return { days, when: `${model} ${when}`, next: `set ${variableOf[vendor]}=${table.successors[vendor]}` }
}

const variableOf: Record<ModelVendor, string> = {
  openai: 'OPENAI_MODEL',
  anthropic: 'ANTHROPIC_MODEL',
  transcription: 'TRANSCRIPTION_MODEL',
}
