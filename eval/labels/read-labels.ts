import { join } from 'node:path'
import { intentNames, objectionNames } from '@lead/contract'
import { z } from 'zod'
import { readYaml, saidSchema } from '../read-yaml.ts'

const wallClock = z.string().regex(/^20\d\d-\d\d-\d\d \d\d:\d\d$/)
const place = z.enum(['opened', 'asked', 'proposed', 'offered', 'booked'])
const line = z.union([z.strictObject({ assistant: z.string() }), z.strictObject({ lead: z.string() })])
const contextSchema = z.strictObject({
  history: z.array(line).min(1),
  offers: z.array(wallClock).default([]),
  meeting: wallClock.optional(),
})
const contextsSchema = z.record(place, z.strictObject({ ru: contextSchema, en: contextSchema }))
/** What was said before a reply; wall clocks in Moscow. */
export type LabelContext = z.output<typeof contextSchema>

const heading = z.strictObject({ in: place, intent: z.enum(intentNames) })
const row = z
  .strictObject({
    say: saidSchema,
    pick: z.number().int().positive().optional(),
    /** `2031-02-04 15:00`, `2031-02-04`, or `unclear`, on the lead's clock. */
    time: z.union([wallClock, z.string().regex(/^20\d\d-\d\d-\d\d$/), z.literal('unclear')]).optional(),
    quote: z.string().optional(),
    zone: z.string().optional(),
    /** What else they want in the same breath. */
    also: z.array(z.enum(intentNames)).optional(),
    /** What the objection is about. */
    objection: z.enum(objectionNames).optional(),
    stop: z.enum(['yes', 'maybe', 'no']).optional(),
    tongue: z.enum(['ru', 'en', 'none']).optional(),
  })
  .refine((one) => (one.time === undefined) === (one.quote === undefined), '`time` and `quote` go together')
const fileSchema = z.array(z.union([heading, row, saidSchema.transform((say) => ({ say }))]))

export type Label = z.output<typeof row> &
  z.output<typeof heading> & {
    /** `ru-014`: its place in the file. */
    id: string
    language: 'ru' | 'en'
    context: LabelContext
  }

const languages = ['ru', 'en'] as const

/** Every labelled reply. @throws Error that names the file and each wrong row */
export function readLabels(folder = import.meta.dirname): Label[] {
  const contexts = readYaml(join(folder, 'contexts.yaml'), contextsSchema)
  return languages.flatMap((language) => {
    const labels: Label[] = []
    let under: z.output<typeof heading> | undefined
    for (const one of readYaml(join(folder, `${language}.yaml`), fileSchema)) {
      if ('in' in one) under = one
      else {
        if (!under) throw new Error(`${language}.yaml: a reply stands before the first \`in\``)
        const id = `${language}-${String(labels.length + 1).padStart(3, '0')}`
        labels.push({ ...one, ...under, id, language, context: contexts[under.in][language] })
      }
    }
    return labels
  })
}
