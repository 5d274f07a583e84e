import { join } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../read-yaml.ts'
import { type GoalName, goalNames } from './goals.ts'
import { type PhraseName, phraseNames } from './phrase-names.ts'

export const tempers = ['calm', 'brief', 'rude', 'bursting'] as const
export type Temper = (typeof tempers)[number]

const variants = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((one) => (Array.isArray(one) ? one : [one]))
/** By the place of the offered time; of each one variant after another. */
const words = z
  .union([z.string(), z.array(variants).min(1)])
  .transform((one) => (Array.isArray(one) ? one : [[one]]))
const byTemper = z.strictObject({ calm: words, brief: words.optional(), rude: words.optional() })
const phrasesSchema = z.record(z.enum(phraseNames), z.strictObject({ ru: byTemper, en: byTemper }))
const personaSchema = z.strictObject({
  name: z.string(),
  need: z.string(),
  size: z.string(),
  time: z.string(),
})
const peopleSchema = z.strictObject({
  personas: z.record(z.string(), z.strictObject({ ru: personaSchema, en: personaSchema })),
  people: z.array(z.tuple([z.enum(goalNames as [GoalName, ...GoalName[]]), z.string(), z.enum(tempers)])),
})

export type SimulatedPerson = z.output<typeof personaSchema> & {
  /** `books, clinic, calm, ru` */
  id: string
  goal: GoalName
  temper: Temper
  language: 'ru' | 'en'
  /** In the person's own words, for the time at `place`, from 1; other ones when it was said `before` already, so many times. */
  words: (phrase: PhraseName, place?: number, before?: number) => string
}

/** Every person, in both languages. @throws Error that names the file and each wrong row */
export function readPeople(folder = import.meta.dirname): SimulatedPerson[] {
  const phrases = readYaml(join(folder, 'phrases.yaml'), phrasesSchema)
  const { personas, people } = readYaml(join(folder, 'people.yaml'), peopleSchema)
  return people.flatMap(([goal, name, temper]) =>
    (['ru', 'en'] as const).map((language): SimulatedPerson => {
      const persona = personas[name]?.[language]
      if (!persona) throw new Error(`people.yaml: there is no persona ${JSON.stringify(name)}`)
      return {
        ...persona,
        id: [goal, name, temper, language].join(', '),
        goal,
        temper,
        language,
        words: (phrase, place = 1, before = 0) => {
          const said = phrases[phrase][language]
          const own = (temper === 'bursting' ? undefined : said[temper]) ?? said.calm
          const others = own[place - 1] ?? own[0] ?? []
          return others[before % others.length] ?? ''
        },
      }
    }),
  )
}
