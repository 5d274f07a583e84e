import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { doubtSchema } from '@lead/contract'
import { z } from 'zod'
import { type Language, texts } from '../../../texts/index.ts'

const day = z.iso.date()
/** Of the model's name. */
const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text)
  } catch {
    context.addIssue('is not a regular expression')
    return z.NEVER
  }
})
const usd = z.number().nonnegative()
const common = {
  pattern,
  /** A model of the family. */
  example: z.string().min(1),
  ends: day.nullable(),
  source: z.url().nullable(),
  read: day,
}
const thinking = {
  tokens: z.number().int().min(100),
  effort: z.enum(['low', 'medium', 'high']).nullable(),
  vision: z.boolean(),
  /** US dollars for a million tokens. */
  prices: z.array(z.strictObject({ model: pattern, input: usd, cached: usd, output: usd })),
}
/** US dollars for a minute of speech. */
const spoken = { prices: z.array(z.strictObject({ model: pattern, minute: usd })) }
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
  z.strictObject({
    vendor: z.literal('transcription'),
    ...common,
    ...spoken,
    /** How it says how sure it is: of each segment, of each token, or not at all. */
    sureness: z.enum(['segments', 'logprobs']).nullable(),
  }),
])
const tableSchema = z.strictObject({
  families: z.array(familySchema).min(1),
  /** Who is asked about a doubtful or costly label once more; null: nobody. */
  doubt: doubtSchema.strict().nullable().default(null),
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

/** The price of a model, of those of its family; null: it is not known. */
export const priceOf = <Price extends { model: RegExp }>(
  family: { prices: Price[] } | undefined,
  model: string,
): Price | null => family?.prices.find((price) => price.model.test(model)) ?? null

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
  language: Language = 'en',
): string[] {
  return vendors.flatMap((vendor) => {
    const model = used[vendor]
    const ending = model === undefined ? null : endingOf(table, vendor, model, now, language)
    return ending ? [`${ending.when}: ${ending.next}`] : []
  })
}

/** When a model ends, in words, and what to do; null while that is far or not announced. `days` below 0: it has ended. */
export function endingOf(
  table: ModelTable,
  vendor: ModelVendor,
  model: string,
  now: Date,
  language: Language = 'en',
): { days: number; when: string; next: string } | null {
  const ends = familyOf(table, vendor, model)?.ends
  if (!ends) return null
  const days = Math.floor((Date.parse(ends) - now.getTime()) / dayMs)
  if (days > warnDays) return null
  const words = texts[language].terminal.checks.models
  const when = days < 0 ? words.endedOn({ model, day: ends }) : words.endsOn({ model, day: ends, days })
  return { days, when, next: words.set(`${variableOf[vendor]}=${table.successors[vendor]}`) }
}

const variableOf: Record<ModelVendor, string> = {
  openai: 'OPENAI_MODEL',
  anthropic: 'ANTHROPIC_MODEL',
  transcription: 'TRANSCRIPTION_MODEL',
}
